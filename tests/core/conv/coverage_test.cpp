#include "core/conv/analysis/coverage.h"

#include <gtest/gtest.h>

#include "tests/core/conv/grid.h"
#include "tests/core/conv/window_reads.h"

namespace convscope::conv {
namespace {

// 7x7, kernel 3, stride 3: the last row and the last column are never read.
TEST(Coverage, NeverRead) {
  const Tensor counts = input_coverage({.stride = {3, 3}}, {1, 1, 7, 7});
  for (std::int64_t y = 0; y < 7; ++y) {
    for (std::int64_t x = 0; x < 7; ++x) {
      EXPECT_EQ(counts.at({0, 0, y, x}), y == 6 || x == 6 ? 0 : 1);
    }
  }
}

TEST(Coverage, CornersAreReadLess) {
  EXPECT_TRUE(identical(input_coverage({}, {1, 1, 4, 4}),
                        grid({{1, 2, 2, 1}, {2, 4, 4, 2}, {2, 4, 4, 2}, {1, 2, 2, 1}})));
}

// Odena et al., "Deconvolution and checkerboard artifacts": kernel 3, stride 2 overlaps unevenly.
TEST(Coverage, Checkerboard) {
  const LayerSpec spec{.op = Op::kConvTranspose, .kernel_size = {1, 3}, .stride = {1, 2}};
  EXPECT_TRUE(identical(output_coverage(spec, {1, 1, 1, 4}), grid({{1, 1, 2, 1, 2, 1, 2, 1, 1}})));
  const LayerSpec even{.op = Op::kConvTranspose, .kernel_size = {1, 4}, .stride = {1, 2}};
  EXPECT_TRUE(identical(output_coverage(even, {1, 1, 1, 3}), grid({{1, 1, 2, 2, 2, 2, 1, 1}})));
}

TEST(Coverage, EqualsWhatStepsRead) {
  for (const Op op :
       {Op::kConv, Op::kConvTranspose, Op::kMaxPool, Op::kAvgPool, Op::kRelu, Op::kUnfold}) {
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
      const RandomLayer layer = random_layer(op, seed);
      const auto windows = window_reads(layer);
      std::map<Cell, int> readers;
      const Tensor out = output_coverage(layer.spec, layer.input_shape);
      for (const auto& [window, reads] : windows) {
        for (const Cell& cell : reads.cells) {
          ++readers[cell];
        }
        ASSERT_EQ(out.at({0, 0, window.first, window.second}), reads.taps.size()) << layer;
      }
      const Tensor in = input_coverage(layer.spec, layer.input_shape);
      ASSERT_EQ(in.shape(), (Shape{1, 1, layer.input_shape.h, layer.input_shape.w}));
      for (std::int64_t p = 0; p < in.shape().count(); ++p) {
        const Index at = output_index(in.shape(), p);
        ASSERT_EQ(in.at(at), (readers[{at.y, at.x}])) << at.y << ' ' << at.x << '\n' << layer;
      }
    }
  }
}

}  // namespace
}  // namespace convscope::conv
