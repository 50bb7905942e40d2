// Published numbers, for every layer but convolution.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/conv/analysis/step.h"
#include "core/conv/conv_transpose2d.h"
#include "core/conv/forward.h"
#include "core/conv/training/gradients.h"
#include "tests/core/conv/grid.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::conv {
namespace {

// Expects that the fast implementation and every step give `expected`.
void expect_map(const Tensor& input, const Tensor& weight, const LayerSpec& spec,
                const Tensor& expected) {
  ASSERT_TRUE(problems(spec, input.shape()).empty());
  ASSERT_EQ(output_shape(spec, input.shape()), expected.shape());
  EXPECT_TRUE(identical(forward(input, weight, Tensor(), spec), expected)) << spec;
  for (std::int64_t p = 0; p < expected.shape().count(); ++p) {
    EXPECT_EQ(step_at(input, weight, Tensor(), spec, p).value,
              expected.at(output_index(expected.shape(), p)))
        << p << ", " << spec;
  }
}

LayerSpec window(Op op, std::int64_t kernel, std::int64_t stride) {
  return {.op = op, .kernel_size = {kernel, kernel}, .stride = {stride, stride}};
}

TEST(Pooling, Lecture) {
  const Tensor input = grid({{1, 1, 2, 4}, {5, 6, 7, 8}, {3, 2, 1, 0}, {1, 2, 3, 4}});
  expect_map(input, Tensor(), window(Op::kMaxPool, 2, 2), grid({{6, 8}, {3, 4}}));
  expect_map(input, Tensor(), window(Op::kAvgPool, 2, 2), grid({{3.25, 5.25}, {2, 2}}));
}

const Rows kFigure = {
    {3, 3, 2, 1, 0}, {0, 0, 1, 3, 1}, {3, 1, 2, 2, 3}, {2, 0, 0, 2, 2}, {2, 0, 0, 0, 1}};

TEST(Pooling, ConvArithmetic) {
  expect_map(grid(kFigure), Tensor(), window(Op::kMaxPool, 3, 1),
             grid({{3, 3, 3}, {3, 3, 3}, {3, 2, 3}}));
}

TEST(Pooling, TheWinnerIsTheFirstMaximum) {
  const Tensor input = grid({{-1, -2}, {-1, -3}});
  const LayerSpec spec{.op = Op::kMaxPool,
                       .kernel_size = {3, 3},
                       .padding = PaddingRule::kExplicit,
                       .pads = {1, 1, 1, 1}};
  const Step step = step_at(input, Tensor(), Tensor(), spec, 0);
  EXPECT_EQ(step.fold, Fold::kMax);
  EXPECT_EQ(step.value, -1);  // ignores the padding
  ASSERT_EQ(step.winner, 4);
  EXPECT_EQ(step.terms[4].source, (Index{0, 0, 0, 0}));
  EXPECT_FALSE(step.terms[0].counted);
  EXPECT_TRUE(step.terms[8].counted);
  EXPECT_EQ(step.partial_sums, std::vector<double>{-1});
}

// By hand: 1x3 of 1 2 3, windows of 2, stride 2, one zero on each side; ceil_mode lets the last
// window overhang.
TEST(Pooling, DivisorsOfAnAverage) {
  const Tensor input = grid({{1, 2, 3}});
  LayerSpec spec{.op = Op::kAvgPool,
                 .kernel_size = {1, 3},
                 .stride = {1, 3},
                 .padding = PaddingRule::kExplicit,
                 .pads = {0, 0, 1, 1},
                 .ceil_mode = true};
  expect_map(input, Tensor(), spec, grid({{1, 1.5}}));  // 0+1+2 of 3; 3+0 of 2, one overhangs
  const Step last = step_at(input, Tensor(), Tensor(), spec, 1);
  EXPECT_EQ(last.divisor, 2);
  EXPECT_TRUE(last.terms[1].counted);
  EXPECT_FALSE(last.terms[2].counted);
  EXPECT_EQ(last.partial_sums, std::vector<double>{3});
  spec.count_include_pad = false;
  expect_map(input, Tensor(), spec, grid({{1.5, 3}}));
  spec.divisor_override = 6;
  expect_map(input, Tensor(), spec, grid({{0.5, 0.5}}));
}

TEST(Relu, KeepsWhatIsPositive) {
  expect_map(grid({{-1, 0, 2}}), Tensor(), {.op = Op::kRelu}, grid({{0, 0, 2}}));
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(std::isnan(forward(grid({{nan}}), {}, {}, {.op = Op::kRelu}).at({})));
}

TEST(Unfold, RowsAreTapsAndColumnsAreWindows) {
  const Tensor input = grid({{0, 1, 2}, {3, 4, 5}, {6, 7, 8}});
  expect_map(input, Tensor(), window(Op::kUnfold, 2, 1),
             maps({{{0, 1}, {3, 4}}, {{1, 2}, {4, 5}}, {{3, 4}, {6, 7}}, {{4, 5}, {7, 8}}}));
}

TEST(Transposed, DiveIntoDeepLearning) {
  const Tensor x = grid({{0, 1}, {2, 3}});
  LayerSpec spec = window(Op::kConvTranspose, 2, 1);
  expect_map(x, x, spec, grid({{0, 0, 1}, {0, 4, 6}, {4, 12, 9}}));
  spec.padding = PaddingRule::kExplicit;
  spec.pads = {1, 1, 1, 1};
  expect_map(x, x, spec, grid({{4}}));
  expect_map(x, x, window(Op::kConvTranspose, 2, 2),
             grid({{0, 0, 0, 1}, {0, 0, 2, 3}, {0, 2, 0, 3}, {4, 6, 6, 9}}));
}

TEST(Transposed, StampsAddUpOneByOne) {
  const Tensor x = grid({{0, 1}, {2, 3}});
  const LayerSpec spec = window(Op::kConvTranspose, 2, 1);
  EXPECT_TRUE(identical(stamped(x, x, spec, 0), grid({{0, 0, 0}, {0, 0, 0}, {0, 0, 0}})));
  EXPECT_TRUE(identical(stamped(x, x, spec, 2), grid({{0, 0, 1}, {0, 2, 3}, {0, 0, 0}})));
  EXPECT_TRUE(identical(stamped(x, x, spec, 3), grid({{0, 0, 1}, {0, 4, 3}, {4, 6, 0}})));
  const Stamp stamp = stamp_at(x, x, spec, 3);
  EXPECT_EQ(stamp.input_at, (Index{0, 0, 1, 1}));
  ASSERT_EQ(stamp.terms.size(), 4U);
  EXPECT_EQ(stamp.terms[3].output_at, (Index{0, 0, 2, 2}));
  EXPECT_EQ(stamp.terms[3].product, 9);
}

TEST(Transposed, StampsAreCutByThePadding) {
  const Tensor x = grid({{0, 1}, {2, 3}});
  LayerSpec spec = window(Op::kConvTranspose, 2, 1);
  spec.padding = PaddingRule::kExplicit;
  spec.pads = {1, 1, 1, 1};
  int kept = 0;
  for (std::int64_t p = 0; p < 4; ++p) {
    for (const StampTerm& term : stamp_at(x, x, spec, p).terms) {
      kept += term.kept;
    }
  }
  EXPECT_EQ(kept, 4);  // the only remaining cell gets a value from each stamp
}

// "A guide to convolution arithmetic", relationships 8 to 14: the transpose of a convolution with
// input i, kernel k, stride s and padding p gives an output of size i.
TEST(Transposed, ConvArithmeticSizes) {
  const auto size = [](std::int64_t i, std::int64_t k, std::int64_t s, std::int64_t p,
                       std::int64_t a) {
    const LayerSpec spec{.op = Op::kConvTranspose,
                         .kernel_size = {1, k},
                         .stride = {1, s},
                         .padding = PaddingRule::kExplicit,
                         .pads = {0, 0, p, p},
                         .output_padding = {0, a}};
    EXPECT_TRUE(problems(spec, {1, 1, 1, i}).empty()) << spec;
    return output_shape(spec, {1, 1, 1, i}).w;
  };
  for (std::int64_t i = 1; i < 9; ++i) {
    for (std::int64_t k = 1; k < 6; ++k) {
      EXPECT_EQ(size(i, k, 1, 0, 0), i + k - 1);  // 8
      if (k % 2 == 1) {
        EXPECT_EQ(size(i, k, 1, k / 2, 0), i);  // 10
      }
      if (i > k - 1) {
        EXPECT_EQ(size(i, k, 1, k - 1, 0), i - (k - 1));  // 11
      }
      for (std::int64_t s = 1; s < 4; ++s) {
        EXPECT_EQ(size(i, k, s, 0, 0), s * (i - 1) + k);  // 12
        for (std::int64_t p = 0; p < k; ++p) {
          if (s * (i - 1) + k <= 2 * p) {
            continue;
          }
          EXPECT_EQ(size(i, k, s, p, 0), s * (i - 1) + k - 2 * p);  // 9, 13
          if (i + 2 * p < k) {
            continue;
          }
          const std::int64_t o = (i + 2 * p - k) / s + 1;
          const std::int64_t a = (i + 2 * p - k) % s;
          EXPECT_EQ(size(o, k, s, p, a), i);  // 14
        }
      }
    }
  }
}

TEST(Backward, Figure) {
  const Tensor x = grid(kFigure);
  const Tensor k = grid({{0, 1, 2}, {2, 2, 0}, {0, 1, 2}});
  const Tensor dy = grid({{1, 0, -1}, {2, 1, 0}, {0, -1, 1}});
  const LayerSpec spec = spec_for(k);
  const Tensor dx = grid(
      {{0, 1, 2, -1, -2}, {2, 4, 3, 0, 0}, {4, 7, 3, -2, 0}, {0, 0, 5, 4, 0}, {0, 0, -1, -1, 2}});
  EXPECT_TRUE(identical(gradient_of_weight(dy, x, spec), grid({{2, 3, 8}, {6, 3, 6}, {5, -1, 2}})));
  EXPECT_TRUE(identical(gradient_of_input(dy, k, spec, x.shape()), dx));
  EXPECT_TRUE(identical(gradient_of_bias(dy), bias_of({3})));
  EXPECT_TRUE(identical(conv_transpose2d(dy, k, Tensor(), {.op = Op::kConvTranspose}), dx));
}

// True convolution with a kernel flipped by hand is correlation.
TEST(Flip, TurnsTheKernel) {
  const Tensor input = grid({{0, 1, 2}, {3, 4, 5}, {6, 7, 8}});
  LayerSpec spec = window(Op::kConv, 2, 1);
  spec.flip = true;
  expect_map(input, grid({{9, 8}, {7, 6}}), spec, grid({{67, 97}, {157, 187}}));
  const Step step = step_at(input, grid({{9, 8}, {7, 6}}), Tensor(), spec, 0);
  EXPECT_EQ(step.terms[1].weight_at, (Index{0, 0, 1, 0}));
  EXPECT_EQ(step.terms[1].weight, 7);
}

}  // namespace
}  // namespace convscope::conv
