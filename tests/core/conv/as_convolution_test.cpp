#include "core/conv/analysis/as_convolution.h"

#include <gtest/gtest.h>

#include "core/conv/analysis/step.h"
#include "core/conv/correlate.h"
#include "core/conv/forward.h"
#include "tests/core/conv/grid.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::conv {
namespace {

TEST(AsConvolution, ZerosBetweenTheCellsAndATurnedKernel) {
  const Tensor x = grid({{1, 2}, {3, 4}});
  const LayerSpec spec{.op = Op::kConvTranspose,
                       .kernel_size = {2, 3},
                       .stride = {2, 3},
                       .padding = PaddingRule::kExplicit,
                       .pads = {0, 0, 1, 1},
                       .output_padding = {1, 0}};
  const AsConvolution stage = as_convolution(x, grid({{1, 2, 3}, {4, 5, 6}}), spec);
  EXPECT_TRUE(identical(stage.input, grid({{1, 0, 0, 2}, {0, 0, 0, 0}, {3, 0, 0, 4}})));
  EXPECT_TRUE(identical(stage.weight, grid({{6, 5, 4}, {3, 2, 1}})));
  EXPECT_TRUE(stage.flipped);
  EXPECT_EQ(stage.stretch, (Size2{2, 3}));
  EXPECT_EQ(stage.spec.stride, (Size2{1, 1}));
  EXPECT_EQ(stage.spec.pads, (Pads{1, 2, 1, 1}));
}

TEST(AsConvolution, GivesTheSameMap) {
  for (const Op op : {Op::kConv, Op::kConvTranspose}) {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
      const RandomLayer layer = random_layer(op, seed, /*odd=*/false);
      const AsConvolution stage = as_convolution(layer.input, layer.weight, layer.spec);
      ASSERT_EQ(stage.spec.op, Op::kConv);
      ASSERT_FALSE(stage.spec.flip);
      ASSERT_EQ(stage.spec, equivalent_spec(layer.spec, layer.input_shape));
      ASSERT_EQ(stage.input.shape(), equivalent_input_shape(layer.spec, layer.input_shape));
      ASSERT_EQ(stage.weight.shape(), weight_shape(stage.spec));
      // The inserted zeros count as products, so another rung may be chosen.
      const RunOptions exact = {.algorithm = Algorithm::kExact};
      ASSERT_TRUE(identical(correlate(stage.input, stage.weight, layer.bias, stage.spec, exact),
                            forward(layer.input, layer.weight, layer.bias, layer.spec, exact)))
          << layer;
    }
  }
}

TEST(AsConvolution, PlacesGoThereAndBack) {
  for (const Op op : {Op::kConv, Op::kConvTranspose, Op::kMaxPool}) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const RandomLayer layer = random_layer(op, seed, /*odd=*/false);
      const LayerSpec& spec = layer.spec;
      const AsConvolution stage = as_convolution(layer.input, layer.weight, spec);
      for (std::int64_t p = 0; p < layer.input_shape.count(); ++p) {
        const Index own = output_index(layer.input_shape, p);
        const Index there = equivalent_input_at(spec, own);
        ASSERT_EQ(own_input_at(spec, layer.input_shape, there), own) << layer;
        ASSERT_EQ(stage.input.at(there), layer.input.at(own)) << layer;
      }
      for (std::int64_t p = 0; p < layer.weight.shape().count(); ++p) {
        const Index own = output_index(layer.weight.shape(), p);
        const Index there = equivalent_weight_at(spec, own);
        ASSERT_EQ(own_weight_at(spec, there), own) << layer;
        ASSERT_EQ(stage.weight.at(there), layer.weight.at(own)) << layer;
      }
    }
  }
}

TEST(AsConvolution, StepsSlideOverTheStage) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const RandomLayer layer = random_layer(Op::kConvTranspose, seed, /*odd=*/false);
    const AsConvolution stage = as_convolution(layer.input, layer.weight, layer.spec);
    const Shape output = output_shape(layer.spec, layer.input_shape);
    const Step step =
        step_at(layer.input, layer.weight, layer.bias, layer.spec, output.count() / 2);
    ASSERT_EQ(step.window_y, step.output_at.y - stage.spec.pads.top) << layer;
    ASSERT_EQ(step.window_x, step.output_at.x - stage.spec.pads.left) << layer;
    for (const Term& term : step.terms) {
      ASSERT_EQ(term.padding, !contains(stage.input.shape(), term.input_at)) << layer;
      ASSERT_EQ(term.input, term.padding ? 0 : stage.input.at(term.input_at)) << layer;
      const auto own = own_input_at(layer.spec, layer.input_shape, term.input_at);
      ASSERT_EQ(own.has_value(), term.has_source) << layer;
      if (own) {
        ASSERT_EQ(*own, term.source) << layer;
      }
    }
  }
}

}  // namespace
}  // namespace convscope::conv
