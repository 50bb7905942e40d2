// Random networks printed and run by torch; see golden.h.
#include <gtest/gtest.h>

#include <cmath>

#include "core/conv/forward.h"
#include "core/import/layers/layer_scene.h"
#include "core/lesson/limits.h"
#include "tests/core/import/golden.h"

namespace convscope::imports {
namespace {

using testing::value_of;
using Sides = std::vector<std::int64_t>;

Shape from_sides(Sides sides) {
  if (sides.size() == 3) {
    sides.insert(sides.begin() + 2, 1);
  }
  return {sides[0], sides[1], sides[2], sides[3]};
}

void expect_same_network(const LayerText& text, const nlohmann::json& one) {
  SceneOptions options;
  const Shape input = from_sides(one.at("input").get<Sides>());
  options.input = lesson::TensorRef{lesson::InlineSource{}, random_tensor(input, {.seed = 1}), {}};
  const lesson::Scene scene = value_of(scene_of(text, options)).scene;
  const auto shapes = one.at("shapes").get<std::vector<Sides>>();
  const auto weights = one.at("weights").get<std::vector<Sides>>();
  ASSERT_EQ(scene.layers.size(), shapes.size());
  Shape shape = input;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const lesson::Layer& layer = scene.layers[i];
    ASSERT_TRUE(lesson::layer_problems(layer.spec, shape).empty());
    shape = conv::output_shape(layer.spec, shape);
    EXPECT_EQ(shape, from_sides(shapes[i])) << "layer " << i;
    const Shape weight = weights[i].empty() ? Shape{} : from_sides(weights[i]);
    EXPECT_EQ(layer.weight.base.shape(), weight) << "layer " << i;
  }
}

TEST(NetworkGolden, CodeGivesTheShapesOfTorch) {
  const auto cases = testing::golden_cases("networks.json");
  EXPECT_EQ(cases.size(), 60u);
  for (const auto& one : cases) {
    const std::string code = one.at("code");
    SCOPED_TRACE(code);
    expect_same_network(value_of(read_layer_text(code)), one);
  }
}

TEST(NetworkGolden, ProgramsGiveTheShapesOfTorch) {
  for (const auto& one : testing::golden_cases("programs.json")) {
    const std::string code = one.at("code");
    SCOPED_TRACE(code);
    expect_same_network(value_of(read_layer_text(code)), one);
  }
}

TEST(NetworkGolden, PrintOutsGiveTheShapesOfTorch) {
  int compared = 0;
  for (const auto& one : testing::golden_cases("networks.json")) {
    if (one.at("repr_tells_all")) {
      const std::string repr = one.at("repr");
      SCOPED_TRACE(repr);
      expect_same_network(value_of(read_layer_text(repr)), one);
      ++compared;
    }
  }
  EXPECT_GT(compared, 45);
}

// The largest value and the spread of many weights, compared with torch's newly created layers.
TEST(NetworkGolden, FreshWeightsSpreadAsTorchs) {
  for (const auto& one : testing::golden_cases("spreads.json")) {
    const std::string repr = one.at("repr");
    SCOPED_TRACE(repr);
    const conv::LayerSpec spec = value_of(read_layer_text(repr)).layers.at(0).spec;
    const Tensor weight = fresh_weight(spec, 3).tensor();
    EXPECT_EQ(weight.shape(), from_sides(one.at("shape").get<Sides>()));
    double squares = 0;
    float largest = 0;
    for (const float value : weight.values()) {
      squares += static_cast<double>(value) * static_cast<double>(value);
      largest = std::max(largest, std::abs(value));
    }
    const double spread = std::sqrt(squares / static_cast<double>(weight.shape().count()));
    const double torchs = one.at("std");
    EXPECT_NEAR(spread, torchs, 0.03 * torchs);
    EXPECT_NEAR(largest, one.at("largest").get<double>(), 0.002);
    const Tensor bias = fresh_bias(spec, 4).tensor();
    EXPECT_EQ(bias.shape(), (Shape{1, 1, 1, spec.out_channels}));
    for (const float value : bias.values()) {
      EXPECT_LE(std::abs(value), largest + 0.001F);
    }
  }
}

}  // namespace
}  // namespace convscope::imports
