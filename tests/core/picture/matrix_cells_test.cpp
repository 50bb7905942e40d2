#include "core/picture/matrix/cells.h"

#include <gtest/gtest.h>

#include "tests/core/picture/one_layer.h"

namespace convscope::picture {
namespace {

std::vector<double> im2col_times_filter(const derive::LayerResult& layer, std::int64_t k) {
  const matrix::Im2col matrix(layer, {0, k, 0, 0});
  std::vector<double> results;
  for (std::int64_t row = 0; row < matrix.rows(); ++row) {
    double sum = layer.bias.empty() ? 0.0 : static_cast<double>(layer.bias.at({0, 0, 0, k}));
    for (std::int64_t column = 0; column < matrix.columns(); ++column) {
      sum +=
          static_cast<double>(matrix.at(row, column).value) *
          static_cast<double>(layer.equivalent.weight.at(matrix.equivalent_weight_at(k, column)));
    }
    results.push_back(sum);
  }
  return results;
}

std::vector<double> toeplitz_times_input(const derive::LayerResult& layer, std::int64_t k) {
  const matrix::Im2col im2col(layer, {0, k, 0, 0});
  const std::int64_t width = layer.input.shape().w;
  std::vector<double> results;
  for (std::int64_t row = 0; row < im2col.rows(); ++row) {
    double sum = layer.bias.empty() ? 0.0 : static_cast<double>(layer.bias.at({0, 0, 0, k}));
    for (std::int64_t channel = 0; channel < im2col.channels(); ++channel) {
      const std::int64_t input = im2col.at(0, channel * im2col.taps()).stage_at.c;
      for (const matrix::ToeplitzEntry& entry : matrix::Toeplitz(layer, k, channel).row(row)) {
        sum += static_cast<double>(entry.weight) *
               static_cast<double>(
                   layer.input.at({0, input, entry.column / width, entry.column % width}));
      }
    }
    results.push_back(sum);
  }
  return results;
}

// Both matrices give the engine's map, for all settings.
TEST(MatrixCells, ProductsAreTheMap) {
  const std::string image =
      R"("input": {"seed": 5, "shape": [1, 4, 6, 7], "distribution": "integers", "low": -4, "high": 4})";
  const auto conv = [](const std::string& settings, const std::string& shape) {
    return R"({"op": "conv2d", "weight": {"seed": 6, "shape": )" + shape +
           R"(, "distribution": "integers", "low": -3, "high": 3})" + settings + "}";
  };
  const std::vector<std::string> layers = {
      conv("", "[2, 4, 3, 3]"),
      conv(R"(, "bias": {"values": [1, -2]})", "[2, 4, 3, 3]"),
      conv(R"(, "stride": [2, 1], "padding": [1, 2])", "[2, 4, 3, 2]"),
      conv(R"(, "dilation": 2, "padding": [0, 1, 3, 2])", "[1, 4, 2, 3]"),
      conv(R"(, "groups": 2)", "[4, 2, 3, 3]"),
      conv(R"(, "flip": true)", "[1, 4, 2, 3]"),
      conv(R"(, "padding": 2, "padding_mode": "reflect")", "[1, 4, 3, 3]"),
      conv(R"(, "padding": 2, "padding_mode": "circular")", "[1, 4, 3, 3]"),
      conv(R"(, "padding": "same_tf", "stride": 2)", "[1, 4, 3, 3]"),
      R"({"op": "conv_transpose2d", "stride": [2, 3], "padding": 1, "output_padding": [0, 1],
          "weight": {"seed": 6, "shape": [4, 2, 3, 3], "distribution": "integers", "low": -3,
                     "high": 3}})"};
  for (const std::string& json : layers) {
    const Stage stage = one_layer(image, json);
    const derive::LayerResult& layer = stage.derived.layers[0];
    for (std::int64_t k = 0; k < layer.output_shape.c; ++k) {
      const std::vector<double> unrolled = im2col_times_filter(layer, k);
      const std::vector<double> toeplitz = toeplitz_times_input(layer, k);
      const std::int64_t cells = layer.output_shape.h * layer.output_shape.w;
      ASSERT_EQ(static_cast<std::int64_t>(unrolled.size()), cells) << json;
      for (std::int64_t i = 0; i < cells; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const auto expected =
            static_cast<double>(layer.output.values()[static_cast<std::size_t>(k * cells + i)]);
        ASSERT_EQ(unrolled[at], expected) << json << " row " << i;
        ASSERT_EQ(toeplitz[at], expected) << json << " row " << i;
      }
    }
  }
}

// 9 windows with 9 weights each.
TEST(MatrixCells, CountsThePlacesThatHoldAWeight) {
  const Stage cross("cross-5x5");
  EXPECT_EQ(matrix::Toeplitz(cross.derived.layers[0], 0, 0).entries(), 81);
  // With 5 cells per side and padding 1 the windows see 2, 3, 3, 3 and 2 cells: 13.
  const Stage rgb("rgb-same");
  EXPECT_EQ(matrix::Toeplitz(rgb.derived.layers[0], 0, 0).entries(), 13 * 13);
}

TEST(MatrixCells, EntriesAreThoseOfTheRows) {
  const Stage stage =
      one_layer(R"("input": {"values": [[1, 2, 3], [4, 5, 6], [7, 8, 9]]})",
                R"({"op": "conv2d", "weight": {"values": [[1, 2, 1], [0, 0, 0], [-1, -2, -1]]},
          "padding": 1, "padding_mode": "reflect"})");
  const matrix::Toeplitz matrix(stage.derived.layers[0], 0, 0);
  std::int64_t entries = 0;
  for (std::int64_t row = 0; row < matrix.rows(); ++row) {
    entries += static_cast<std::int64_t>(matrix.row(row).size());
  }
  EXPECT_EQ(matrix.entries(), entries);
}

// CS231n: 227x227x3, 11x11x3, stride 4.
TEST(MatrixCells, HasThePublishedSizes) {
  const Stage stage =
      one_layer(R"("input": {"seed": 1, "shape": [1, 3, 227, 227], "distribution": "normal"})",
                R"({"op": "conv2d", "stride": 4,
          "weight": {"seed": 2, "shape": [1, 3, 11, 11], "distribution": "normal"}})");
  const matrix::Im2col matrix(stage.derived.layers[0], {});
  EXPECT_EQ(matrix.columns(), 363);
  EXPECT_EQ(matrix.rows(), 3025);
}

// PyTorch's transposed convolution has the transposed matrix of the convolution with the same
// settings.
TEST(MatrixCells, ATransposedConvolutionHasTheTransposedMatrix) {
  const std::string weight = R"("weight": {"values": [[1, 2, 3], [4, 5, 6], [7, 8, 9]]})";
  const Stage forward =
      one_layer(R"("input": {"seed": 1, "shape": [1, 1, 5, 5], "distribution": "normal"})",
                R"({"op": "conv2d", "stride": 2, "padding": 1, )" + weight + "}");
  const Stage back =
      one_layer(R"("input": {"seed": 1, "shape": [1, 1, 3, 3], "distribution": "normal"})",
                R"({"op": "conv_transpose2d", "stride": 2, "padding": 1, )" + weight + "}");
  const matrix::Toeplitz matrix(forward.derived.layers[0], 0, 0);
  const matrix::Toeplitz transposed(back.derived.layers[0], 0, 0);
  ASSERT_EQ(matrix.rows(), transposed.columns());
  ASSERT_EQ(matrix.columns(), transposed.rows());
  std::vector<float> a(static_cast<std::size_t>(matrix.rows() * matrix.columns()));
  std::vector<float> b(a.size());
  for (std::int64_t row = 0; row < matrix.rows(); ++row) {
    for (const matrix::ToeplitzEntry& entry : matrix.row(row)) {
      a[static_cast<std::size_t>(row * matrix.columns() + entry.column)] = entry.weight;
    }
  }
  for (std::int64_t row = 0; row < transposed.rows(); ++row) {
    for (const matrix::ToeplitzEntry& entry : transposed.row(row)) {
      b[static_cast<std::size_t>(entry.column * matrix.columns() + row)] = entry.weight;
    }
  }
  EXPECT_EQ(a, b);
}

// Unfold: the matrix is the output, PyTorch's transposed.
TEST(MatrixCells, UnfoldsRowsAreItsOutput) {
  const Stage stage = one_layer(R"("input": {"values": [[[0, 1, 2], [3, 4, 5], [6, 7, 8]],
                                        [[9, 10, 11], [12, 13, 14], [15, 16, 17]]]})",
                                R"({"op": "unfold", "kernel_size": 2})");
  const derive::LayerResult& layer = stage.derived.layers[0];
  const matrix::Im2col matrix(layer, {});
  ASSERT_EQ(matrix.rows(), 4);
  ASSERT_EQ(matrix.columns(), 8);
  for (std::int64_t row = 0; row < 4; ++row) {
    for (std::int64_t column = 0; column < 8; ++column) {
      EXPECT_EQ(matrix.at(row, column).value, layer.output.at({0, column, row / 2, row % 2}));
    }
  }
}

}  // namespace
}  // namespace convscope::picture
