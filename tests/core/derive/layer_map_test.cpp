// What is reused from the map before an edit: nothing that the edit changed, and every bit is the
// same as in a newly computed map.
#include "core/derive/layer_map.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <sstream>

#include "core/conv/forward.h"
#include "core/derive/plan.h"
#include "core/session/update.h"
#include "core/tensor/random.h"
#include "tests/core/derive/two_layers.h"

namespace convscope::derive {
namespace {

std::int64_t below(std::mt19937& random, std::int64_t count) {
  return static_cast<std::int64_t>(random()) % count;
}

MapSource source_of(const conv::LayerSpec& spec, const Shape& input, std::uint64_t seed) {
  MapSource source;
  source.spec = spec;
  source.input = random_tensor(input, {.seed = seed});
  source.input_range = range_of(source.input);
  source.weight = random_tensor(conv::weight_shape(spec), {.seed = seed + 1});
  if (spec.bias) {
    source.bias = random_tensor({1, 1, 1, spec.out_channels}, {.seed = seed + 2});
  }
  return source;
}

conv::LayerSpec three_by_three(std::int64_t channels, std::int64_t filters,
                               std::int64_t groups = 1) {
  conv::LayerSpec spec;
  spec.in_channels = channels;
  spec.out_channels = filters;
  spec.groups = groups;
  spec.padding = conv::PaddingRule::kSame;
  spec.bias = true;
  return spec;
}

LayerMap map_after(MapSource source, LayerMap before = {}, const conv::RunOptions& run = {}) {
  return layer_map(plan_map(std::move(source), std::move(before)), run);
}

void expect_same(const LayerMap& got, const LayerMap& anew, const std::string& label) {
  ASSERT_TRUE(identical(got.values, anew.values)) << label;
  EXPECT_EQ(got.algorithm, anew.algorithm) << label;
  EXPECT_EQ(range_of(*got.surveys), range_of(*anew.surveys)) << label;
  EXPECT_EQ(color_range(*got.surveys), color_range(*anew.surveys)) << label;
  ASSERT_EQ(got.surveys->size(), anew.surveys->size()) << label;
  for (std::size_t i = 0; i < got.surveys->size(); ++i) {
    EXPECT_EQ((*got.surveys)[i].range, (*anew.surveys)[i].range) << label << ", map " << i;
    EXPECT_EQ((*got.surveys)[i].samples, (*anew.surveys)[i].samples) << label << ", map " << i;
  }
}

// Small versions of the layers that the rungs are for.
struct Case {
  const char* name;
  conv::LayerSpec spec;
  Shape input;
};

std::vector<Case> cases() {
  conv::LayerSpec depthwise = three_by_three(4, 4, 4);
  conv::LayerSpec large = three_by_three(1, 3);
  large.kernel_size = {17, 17};
  conv::LayerSpec pointwise = three_by_three(8, 40);
  pointwise.kernel_size = {1, 1};
  conv::LayerSpec strided = three_by_three(3, 5);
  strided.stride = {2, 2};
  strided.padding = conv::PaddingRule::kValid;
  strided.flip = true;
  return {{"photo", three_by_three(3, 1), {1, 3, 90, 120}},
          {"photo, four filters", three_by_three(3, 4), {1, 3, 90, 120}},
          {"grey", three_by_three(1, 3), {1, 1, 100, 300}},
          {"dense", three_by_three(16, 24), {1, 16, 40, 40}},
          {"batch", three_by_three(6, 8, 2), {3, 6, 30, 31}},
          {"depthwise", depthwise, {2, 4, 64, 64}},
          {"large kernel", large, {1, 1, 90, 90}},
          {"pointwise", pointwise, {1, 8, 33, 37}},
          {"strided, turned", strided, {1, 3, 70, 71}},
          {"small", three_by_three(2, 3), {1, 2, 5, 5}}};
}

TEST(LayerMap, EditsGiveTheBitsOfANewlyComputedMap) {
  std::mt19937 random(7);
  for (const Case& each : cases()) {
    MapSource source = source_of(each.spec, each.input, random());
    LayerMap map = map_after(source);
    Tensor shown = map.values;
    for (int round = 0; round < 12; ++round) {
      // One or two values of one or two filters, or a bias.
      for (int edit = 0; edit < 1 + round % 3; ++edit) {
        const Shape& shape = source.weight.shape();
        const Index at = {below(random, shape.n), below(random, shape.c), below(random, shape.h),
                          below(random, shape.w)};
        source.weight = source.weight.with(at, static_cast<float>(random() % 1000) / 100 - 5);
      }
      if (round % 4 == 3) {
        source.bias = source.bias.with({0, 0, 0, below(random, source.bias.shape().w)}, 3);
      }
      map = map_after(source, std::move(map));
      std::ostringstream label;
      label << each.name << ", round " << round << ", computed " << map.computed;
      expect_same(map, map_after(source), label.str());
      if (round % 5 != 4) {  // otherwise the window still holds the previous one
        shown = map.values;
      }
    }
  }
}

TEST(LayerMap, OnlyTheFilterThatChangedIsComputed) {
  MapSource source = source_of(three_by_three(3, 4), {2, 3, 40, 50}, 1);
  LayerMap map = map_after(source);
  EXPECT_EQ(map.computed, 8);
  source.weight = source.weight.with({2, 0, 1, 1}, 9);
  EXPECT_EQ(plan_map(source, map).maps, 2);
  conv::Progress progress;
  map = map_after(source, std::move(map), {.progress = &progress});
  EXPECT_EQ(map.computed, 2);
  EXPECT_GT(progress.total, 0);

  progress.total = 0;
  map = map_after(source, std::move(map), {.progress = &progress});
  EXPECT_EQ(map.computed, 0);
  EXPECT_EQ(progress.total, 0);

  source.bias = source.bias.with({0, 0, 0, 1}, 9);
  EXPECT_EQ(plan_map(source, map).maps, 2);
  source.spec.padding = conv::PaddingRule::kValid;
  EXPECT_EQ(plan_map(source, map).maps, 8);
}

// One filter alone would be split into other tiles, or computed on another rung.
TEST(LayerMap, AllFiltersAreComputedIfTheyDependOnEachOther) {
  conv::LayerSpec large = three_by_three(1, 16);
  large.kernel_size = {48, 48};
  large.padding = conv::PaddingRule::kValid;
  const struct {
    conv::Algorithm wanted;
    conv::LayerSpec spec;
    Shape input;
  } kCases[] = {{conv::Algorithm::kFft, large, {1, 1, 442, 63}},
                {conv::Algorithm::kWinograd, three_by_three(256, 16), {1, 256, 8, 8}}};
  for (const auto& each : kCases) {
    MapSource source = source_of(each.spec, each.input, 3);
    source.wanted = each.wanted;
    LayerMap map = map_after(source);
    ASSERT_EQ(map.algorithm, each.wanted);
    ASSERT_FALSE(conv::filters_stand_alone(source.weight, each.spec, each.input, 1, each.wanted));
    source.weight = source.weight.with({5, 0, 1, 1}, 2);
    EXPECT_EQ(plan_map(source, map).maps, 16);
    map = map_after(source, std::move(map));
    EXPECT_EQ(map.computed, 16);
    expect_same(map, map_after(source), std::string(conv::name_of(each.wanted)));
  }
}

TEST(LayerMap, TheMemoryOfAReleasedMapIsReused) {
  MapSource source = source_of(three_by_three(3, 2), {1, 3, 40, 50}, 1);
  LayerMap map = map_after(source);
  const float* first = map.values.data();
  const auto edit = [&](float value) {
    source.weight = source.weight.with({0, 0, 0, 0}, value);
    map = map_after(source, std::move(map));
  };
  edit(1);
  const float* second = map.values.data();
  EXPECT_NE(second, first);
  edit(2);
  EXPECT_EQ(map.values.data(), first);
  const Tensor held = map.values;
  const std::vector<float> values(held.values().begin(), held.values().end());
  edit(3);
  EXPECT_EQ(map.values.data(), second);
  edit(4);
  EXPECT_NE(map.values.data(), first);
  EXPECT_EQ(std::vector<float>(held.values().begin(), held.values().end()), values);
}

TEST(LayerMap, ATensorNameIsNotConfusedByAReusedAddress) {
  MapSource source = source_of(three_by_three(3, 1), {1, 3, 40, 50}, 1);
  LayerMap map = map_after(source);
  const TensorName name = map.values;
  const float* address = map.values.data();
  for (const float value : {1.0F, 2.0F}) {
    source.weight = source.weight.with({0, 0, 0, 0}, value);
    map = map_after(source, std::move(map));
  }
  ASSERT_EQ(map.values.data(), address);
  EXPECT_TRUE(name.expired());
  EXPECT_FALSE(name == TensorName(map.values));
}

TEST(LayerMap, NonFiniteValuesAreThoseOfANewlyComputedMap) {
  constexpr float kLarge = std::numeric_limits<float>::max();
  MapSource source = source_of(three_by_three(3, 4), {1, 3, 60, 70}, 5);
  LayerMap map = map_after(source);
  for (const float value : {kLarge, 1.0F, 1e30F, -kLarge, 2.0F}) {
    source.weight = source.weight.with({1, 1, 1, 1}, value);
    map = map_after(source, std::move(map));
    expect_same(map, map_after(source), std::to_string(value));
  }
  source.input = source.input.with({0, 1, 7, 7}, std::nanf(""));
  source.input_range = range_of(source.input);
  for (const float value : {3.0F, 4.0F}) {
    source.weight = source.weight.with({2, 1, 1, 1}, value);
    map = map_after(source, std::move(map));
    expect_same(map, map_after(source), "NaN in the input");
    EXPECT_EQ(map.algorithm, conv::Algorithm::kExact);
  }
}

TEST(LayerMap, TheForcedAlgorithmComputesWhereItApplies) {
  MapSource source = source_of(three_by_three(3, 4), {1, 3, 60, 70}, 5);
  for (const conv::Algorithm wanted : conv::kAlgorithms) {
    source.wanted = wanted;
    const LayerMap map = map_after(source);
    ASSERT_TRUE(map.algorithm);
    EXPECT_NE(map.algorithm, conv::Algorithm::kAuto);
    EXPECT_EQ(map.algorithm,
              conv::conv2d_algorithm(source.weight, source.spec, source.input.shape(), wanted));
    source.weight = source.weight.with({2, 1, 1, 1}, 1);
    expect_same(map_after(source, map), map_after(source), std::string(conv::name_of(wanted)));
  }
  source.wanted = conv::Algorithm::kExact;
  EXPECT_EQ(map_after(source).algorithm, conv::Algorithm::kExact);
}

TEST(LayerMap, ACancelledMapIsEmpty) {
  const MapSource source = source_of(three_by_three(3, 4), {1, 3, 60, 70}, 5);
  conv::Progress progress;
  progress.cancel = true;
  EXPECT_TRUE(map_after(source, {}, {.progress = &progress}).values.empty());
}

TEST(MapSurvey, RangeAndFinitenessAreThoseOfTheValuesOneByOne) {
  std::mt19937 random(3);
  for (const std::int64_t count : {1, 31, 32, 33, 1000, 70'000, 140'001}) {
    std::vector<float> values(static_cast<std::size_t>(count));
    for (float& value : values) {
      value = static_cast<float>(random() % 20'001) - 10'000;
    }
    for (const float odd : {0.0F, std::nanf(""), INFINITY, -INFINITY}) {
      values[random() % values.size()] = odd;
      ValueRange expected = {INFINITY, -INFINITY};
      bool finite = true;
      for (const float value : values) {
        finite = finite && std::isfinite(value);
        if (std::isfinite(value)) {
          expected = {std::min(expected.low, value), std::max(expected.high, value)};
        }
      }
      expected = expected.low > expected.high ? ValueRange{1, -1} : expected;
      const Tensor tensor({1, 1, 1, count}, values);
      const MapSurvey map = survey(tensor, 0);
      EXPECT_EQ(map.range, expected) << count << " values with " << odd;
      EXPECT_EQ(range_of(tensor), expected);
      EXPECT_EQ(map.finite, finite);
    }
  }
}

TEST(MapSurvey, SamplesAreEvenlySpreadOverAllMaps) {
  const Tensor tensor = random_tensor({1, 5, 300, 301}, {.seed = 1});
  std::vector<float> samples;
  for (const MapSurvey& map : surveys_of(tensor)) {
    samples.insert(samples.end(), map.samples.begin(), map.samples.end());
  }
  const std::int64_t stride = tensor.shape().count() / 65'536 + 1;
  std::vector<float> expected;
  for (std::int64_t i = 0; i < tensor.shape().count(); i += stride) {
    expected.push_back(tensor.data()[i]);
  }
  EXPECT_EQ(samples, expected);
}

TEST(Derive, AfterEveryEditEverythingIsAsIfNewlyDerived) {
  session::Session session = two_layers();
  Derived derived = derive(session::scene_of(session));
  std::mt19937 random(11);
  for (int round = 0; round < 30; ++round) {
    const std::int64_t layer = below(random, 2);
    const bool of_input = round % 7 == 6;
    const Shape shape =
        of_input ? session::scene_of(session).input.base.shape()
                 : conv::weight_shape(
                       session::scene_of(session).layers[static_cast<std::size_t>(layer)].spec);
    const session::Target target = {
        of_input ? session::TensorRole::kInput : session::TensorRole::kWeight,
        {below(random, shape.n), below(random, shape.c), below(random, shape.h),
         below(random, shape.w)},
        of_input ? 0 : layer};
    const bool back = round % 5 == 4;
    session = back ? session::update(std::move(session), session::action::Undo{})
                   : session::update(
                         std::move(session),
                         session::action::SetValue{target, static_cast<float>(random() % 9), true});
    derived = derive(session::scene_of(session), {}, std::move(derived));
    const Derived anew = derive(session::scene_of(session));
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_TRUE(identical(derived.layers[i].output, anew.layers[i].output)) << round;
      EXPECT_TRUE(identical(derived.layers[i].input, anew.layers[i].input)) << round;
      EXPECT_TRUE(identical(derived.layers[i].weight, anew.layers[i].weight)) << round;
      EXPECT_TRUE(identical(derived.layers[i].equivalent.weight, anew.layers[i].equivalent.weight))
          << round;
      EXPECT_TRUE(identical(derived.layers[i].equivalent.input, anew.layers[i].equivalent.input))
          << round;
      EXPECT_EQ(derived.layers[i].input_range, anew.layers[i].input_range) << round;
      EXPECT_EQ(derived.layers[i].output_range, anew.layers[i].output_range) << round;
      EXPECT_EQ(derived.layers[i].output_colors, anew.layers[i].output_colors) << round;
    }
    if (!back && !of_input) {
      EXPECT_LE(derived.layers[0].map.computed, 1) << round;
      EXPECT_EQ(derived.layers[1].map.computed == 3, derived.layers[0].map.computed == 1) << round;
    }
  }
}

TEST(Derive, AnInputThatWasEditedIsNotCopiedForEachWeight) {
  session::Session session = two_layers();
  session = session::update(
      std::move(session),
      session::action::SetValue{{session::TensorRole::kInput, {0, 1, 2, 3}, 0}, 7, true});
  Derived derived = derive(session::scene_of(session));
  const float* input = derived.layers[0].input.data();
  session = session::update(
      std::move(session),
      session::action::SetValue{{session::TensorRole::kWeight, {1, 1, 1, 1}, 0}, 7, true});
  derived = derive(session::scene_of(session), {}, std::move(derived));
  EXPECT_EQ(derived.layers[0].input.data(), input);
  EXPECT_EQ(derived.layers[0].map.computed, 1);
}

TEST(Derive, SmallerChangesCostLess) {
  session::Session session = two_layers();
  const Derived derived = derive(session::scene_of(session));
  const std::int64_t all = plan(session::scene_of(session)).work;
  EXPECT_EQ(plan(session::scene_of(session), {}, derived).work, 0);
  session = session::update(
      std::move(session),
      session::action::SetValue{{session::TensorRole::kWeight, {1, 1, 1, 1}, 1}, 7, true});
  const std::int64_t one = plan(session::scene_of(session), {}, derived).work;
  EXPECT_GT(one, 0);
  EXPECT_LT(one, all / 4);
  EXPECT_GT(plan(session::scene_of(session), {.algorithm = conv::Algorithm::kExact}, derived).work,
            4 * all);
}

}  // namespace
}  // namespace convscope::derive
