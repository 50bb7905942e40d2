// One layer alone is the same layer as among all.
#include "core/derive/one_layer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "core/tensor/random.h"

namespace convscope::derive {
namespace {

lesson::Layer layer_with(conv::LayerSpec spec, std::uint64_t seed) {
  lesson::Layer layer;
  layer.spec = spec;
  if (conv::has_weight(spec.op)) {
    layer.weight.base = random_tensor(conv::weight_shape(spec), {.seed = seed});
    layer.weight.source = lesson::SeededSource{{.seed = seed}};
  }
  return layer;
}

// Convolution, ReLU, ReLU, max pool, convolution, ReLU, transposed convolution, average pool.
lesson::Scene chain() {
  lesson::Scene scene;
  scene.input.base = random_tensor({1, 3, 41, 50}, {.seed = 1});
  scene.input.source = lesson::SeededSource{{.seed = 1}};
  const conv::LayerSpec relu = {.op = conv::Op::kRelu};
  const conv::LayerSpec first = {.in_channels = 3, .out_channels = 8};
  const conv::LayerSpec second = {.in_channels = 8, .out_channels = 20};
  const conv::LayerSpec back = {
      .op = conv::Op::kConvTranspose, .in_channels = 20, .out_channels = 6, .stride = {2, 2}};
  const conv::LayerSpec max = {.op = conv::Op::kMaxPool, .kernel_size = {2, 2}, .stride = {2, 2}};
  const conv::LayerSpec mean = {.op = conv::Op::kAvgPool, .stride = {3, 3}};
  std::uint64_t seed = 2;
  for (const conv::LayerSpec& spec : {first, relu, relu, max, second, relu, back, mean}) {
    scene.layers.push_back(layer_with(spec, seed++));
  }
  return scene;
}

void expect_same_layers(const lesson::Scene& scene, const conv::RunOptions& run) {
  const Derived all = derive(scene, run);
  for (std::int64_t i = 0; i < std::ssize(scene.layers); ++i) {
    SCOPED_TRACE(i);
    const auto at = static_cast<std::size_t>(i);
    const Derived one = derive_layer(scene, i, run);
    const LayerResult& expected = all.layers[at];
    const LayerResult& layer = one.layers[at];
    EXPECT_TRUE(identical(layer.input, expected.input));
    EXPECT_TRUE(identical(layer.output, expected.output));
    EXPECT_EQ(layer.input_range, expected.input_range);
    EXPECT_EQ(layer.output_range, expected.output_range);
    EXPECT_EQ(layer.output_colors, expected.output_colors);
    EXPECT_EQ(layer.equivalent.input.shape(), expected.equivalent.input.shape());
    for (std::size_t before = 0; before <= at; ++before) {
      EXPECT_EQ(one.layers[before].algorithm, all.layers[before].algorithm);
      EXPECT_EQ(one.layers[before].output.empty(), before < at);
    }
  }
}

TEST(OneLayer, HasTheBitsThatItHasAmongAll) {
  expect_same_layers(chain(), {});
  expect_same_layers(chain(), {.algorithm = conv::Algorithm::kGemm, .threads = 1});
}

TEST(OneLayer, NamesTheExactRungWhereAMapBeforeItIsNotFinite) {
  lesson::Scene scene = chain();
  std::vector<float> values(scene.input.base.values().begin(), scene.input.base.values().end());
  values[777] = std::numeric_limits<float>::infinity();
  scene.input.base = Tensor(scene.input.base.shape(), std::move(values));
  expect_same_layers(scene, {.algorithm = conv::Algorithm::kDirect});
}

TEST(OneLayer, ACancelledOneGivesTheOperands) {
  conv::Progress progress;
  progress.cancel = true;
  const Derived derived = derive_layer(chain(), 4, {.progress = &progress});
  EXPECT_TRUE(derived.layers[4].output.empty());
}

}  // namespace
}  // namespace convscope::derive
