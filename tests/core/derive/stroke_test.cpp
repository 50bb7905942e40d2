// A stroke over the input changes a part of every map that follows. What is computed after it is,
// bit for bit, what would be computed anew.
#include <gtest/gtest.h>

#include <cstring>
#include <sstream>
#include <vector>

#include "core/derive/difference.h"
#include "core/derive/plan.h"
#include "core/lesson/scene_shapes.h"
#include "tests/core/conv/random_layer.h"

namespace convscope::derive {
namespace {

// A layer that can read this; photos have few channels, kernels and strides are small.
lesson::Layer random_layer(const Shape& input, conv::Dice& dice) {
  constexpr conv::Op kOps[] = {conv::Op::kConv,    conv::Op::kConv,         conv::Op::kConv,
                               conv::Op::kMaxPool, conv::Op::kAvgPool,      conv::Op::kRelu,
                               conv::Op::kUnfold,  conv::Op::kConvTranspose};
  lesson::Layer layer;
  do {
    layer.spec = conv::random_spec(kOps[dice.roll(0, 7)], dice);
    layer.spec.groups = dice.roll(0, 3) == 0 ? input.c : 1;
    layer.spec.in_channels = input.c;
    layer.spec.out_channels = layer.spec.groups * dice.roll(1, 3);
    layer.spec = conv::fitted(layer.spec, input);
  } while (!conv::problems(layer.spec, input).empty() ||
           conv::output_shape(layer.spec, input).count() > 60'000);
  const conv::RandomLayer filled = conv::filled(layer.spec, input, dice);
  layer.weight.base = filled.weight;
  layer.bias.base = filled.bias;
  return layer;
}

lesson::Scene random_scene(conv::Dice& dice) {
  lesson::Scene scene;
  // The direct rung has other tiles for wide maps.
  const Shape shape =
      dice.roll(0, 3) == 0
          ? Shape{1, dice.roll(1, 3), dice.roll(20, 30), dice.roll(500, 700)}
          : Shape{dice.roll(1, 2), dice.roll(1, 3), dice.roll(20, 90), dice.roll(20, 90)};
  scene.input.base = random_tensor(shape, {.seed = dice.seed()});
  for (std::int64_t layers = dice.roll(1, 3); layers > 0; --layers) {
    const Shape input =
        scene.layers.empty()
            ? shape
            : lesson::layer_output_shape(scene, static_cast<std::int64_t>(scene.layers.size()) - 1);
    scene.layers.push_back(random_layer(input, dice));
  }
  return scene;
}

// A rectangle of some channels, small or large, now and then with what breaks careless arithmetic.
void stroke(lesson::TensorRef& input, conv::Dice& dice) {
  const Shape& shape = input.base.shape();
  const std::int64_t y = dice.roll(0, shape.h - 1);
  const std::int64_t x = dice.roll(0, shape.w - 1);
  const std::int64_t h = dice.roll(1, std::min<std::int64_t>(shape.h - y, 9));
  const std::int64_t w = dice.roll(1, std::min<std::int64_t>(shape.w - x, 9));
  const std::int64_t only = dice.roll(-1, shape.c - 1);
  std::vector<Index> cells;
  for (std::int64_t c = 0; c < shape.c; ++c) {
    for (std::int64_t i = 0; i < h && (only < 0 || c == only); ++i) {
      for (std::int64_t j = 0; j < w; ++j) {
        cells.push_back({0, c, y + i, x + j});
      }
    }
  }
  const float value = dice.roll(0, 20) == 0 ? 3e38F : static_cast<float>(dice.roll(-900, 900)) / 64;
  input.edits.paint(cells, value, input.base);
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0);
}

void expect_same(const Derived& got, const Derived& anew, const std::string& label) {
  ASSERT_EQ(got.layers.size(), anew.layers.size());
  for (std::size_t i = 0; i < got.layers.size(); ++i) {
    const LayerResult& a = got.layers[i];
    const LayerResult& b = anew.layers[i];
    ASSERT_TRUE(identical(a.input, b.input)) << label << "input of layer " << i;
    ASSERT_TRUE(identical(a.output, b.output)) << label << "map of layer " << i;
    EXPECT_EQ(a.input_range, b.input_range) << label;
    EXPECT_EQ(a.output_range, b.output_range) << label;
    EXPECT_EQ(a.output_colors, b.output_colors) << label;
    EXPECT_EQ(a.algorithm, b.algorithm) << label;
    for (std::size_t map = 0; map < a.map.surveys->size(); ++map) {
      EXPECT_TRUE(same_bits((*a.map.surveys)[map].samples, (*b.map.surveys)[map].samples)) << label;
      EXPECT_EQ((*a.map.surveys)[map].finite, (*b.map.surveys)[map].finite) << label;
    }
  }
}

TEST(Stroke, GivesTheBitsOfMapsComputedAnew) {
  std::int64_t partial = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    conv::Dice dice(seed);
    const Shared<lesson::Scene> before = random_scene(dice);
    constexpr conv::Algorithm kAsked[] = {conv::Algorithm::kAuto, conv::Algorithm::kAuto,
                                          conv::Algorithm::kDirect, conv::Algorithm::kExact};
    const conv::RunOptions run = {.algorithm = kAsked[dice.roll(0, 3)]};
    Derived derived = derive(before, run);
    std::vector<Derived> held;  // by the window: their memory can't be used again
    Shared<lesson::Scene> scene = before;
    for (int round = 0; round < 12; ++round) {
      std::ostringstream label;
      label << "seed " << seed << ", round " << round << ", " << scene->layers.front().spec << '\n';
      if (dice.roll(0, 7) == 0) {
        scene = before;  // undone
      } else {
        scene.change([&](lesson::Scene& next) { stroke(next.input, dice); });
      }
      Plan next = plan(scene, run, derived);
      for (const MapPlan& map : next.maps) {
        partial += map.way == MapPlan::Way::kPart ? 1 : 0;
      }
      derived = carry_out(std::move(next), run);
      expect_same(derived, derive(scene, run), label.str());
      if (HasFailure()) {
        return;
      }
      if (dice.heads()) {
        held.push_back(derived);
      } else if (dice.roll(0, 2) == 0) {
        held.clear();
      }
    }
  }
  EXPECT_GT(partial, 100);
}

// While maps are computed elsewhere, several strokes may come between two of them.
TEST(Stroke, AFewMayComeBetweenTwoMaps) {
  conv::Dice dice(3);
  lesson::Scene first;
  first.input.base = random_tensor({1, 3, 80, 70}, {.seed = 1});
  first.layers.push_back(random_layer(first.input.base.shape(), dice));
  Shared<lesson::Scene> scene = first;
  Derived derived = derive::derive(scene);
  for (int round = 0; round < 10; ++round) {
    for (int between = 0; between < 3; ++between) {
      scene.change([&](lesson::Scene& next) { stroke(next.input, dice); });
      Plan skipped = plan(scene, {}, derived);
      make_operands(skipped);
      derived = with_maps_of(skipped.operands, derived, false);
    }
    derived = derive::derive(scene, {}, std::move(derived));
    expect_same(derived, derive::derive(scene), std::to_string(round));
  }
}

lesson::Scene photo() {
  lesson::Scene scene;
  scene.input.base = random_tensor({1, 3, 400, 500}, {.seed = 1});
  lesson::Layer layer;
  layer.spec.in_channels = 3;
  layer.spec.padding = conv::PaddingRule::kSame;
  layer.weight.base = random_tensor(conv::weight_shape(layer.spec), {.seed = 2});
  scene.layers = {layer};
  return scene;
}

// Of this size its map is written past the caches, and in whole vectors.
TEST(Stroke, OverALargePhotoGivesTheSameBits) {
  conv::Dice dice(5);
  lesson::Scene large = photo();
  large.input.base = random_tensor({1, 3, 1024, 2048}, {.seed = 1});
  Shared<lesson::Scene> scene = std::move(large);
  Derived derived = derive::derive(scene);
  for (int round = 0; round < 2; ++round) {
    scene.change([&](lesson::Scene& next) { stroke(next.input, dice); });
    derived = derive::derive(scene, {}, std::move(derived));
    expect_same(derived, derive::derive(scene), std::to_string(round));
  }
}

TEST(Stroke, CostsWhatItTouches) {
  conv::Dice dice(1);
  Shared<lesson::Scene> scene = photo();
  Derived derived = derive::derive(scene);
  const std::int64_t whole = plan(scene).work;
  for (int round = 0; round < 6; ++round) {
    scene.change([&](lesson::Scene& next) { stroke(next.input, dice); });
    Plan next = plan(scene, {}, derived);
    if (round > 2) {  // there is memory now
      EXPECT_LT(next.work, whole / 50) << round;
    }
    derived = carry_out(std::move(next));
  }
}

TEST(Stroke, ComparedScenesShareTheInput) {
  conv::Dice dice(1);
  Shared<lesson::Scene> scene = photo();
  Shared<lesson::Scene> other = scene;
  other.change([](lesson::Scene& next) {
    next.layers.front().spec.padding_mode = conv::PaddingMode::kReflect;
  });
  Derived first = derive::derive(scene);
  Derived second = derive::derive(other);
  Differences differences;
  Difference difference;
  for (int round = 0; round < 5; ++round) {
    scene.change([&](lesson::Scene& next) { stroke(next.input, dice); });
    other.change([&](lesson::Scene& next) { next.input = scene->input; });
    first = derive::derive(scene, {}, std::move(first));
    second = derive::derive(other, {}, with_input_of(std::move(second), first, *other));
    EXPECT_EQ(second.layers[0].input.data(), first.layers[0].input.data());
    expect_same(second, derive::derive(other), std::to_string(round));
    difference = differences.of(first.layers[0].map, second.layers[0].map);
    const Difference anew = Differences().of(first.layers[0].map, second.layers[0].map);
    EXPECT_EQ(difference.told, anew.told) << round;
    EXPECT_EQ(difference.told[0], difference_survey(difference, 0, 400 * 500)) << round;
    EXPECT_GT(difference.told[0].different, 0);
  }
}

}  // namespace
}  // namespace convscope::derive
