// What the programs look like: short, with the lesson's names, and with nothing that they don't
// use.
#include <gtest/gtest.h>

#include "core/code/literals.h"
#include "core/code/protobuf.h"
#include "core/import/layers/layer_text.h"
#include "tests/core/code/programs.h"

namespace convscope::code {
namespace {

std::string program(const std::string& word, const std::string& lesson, std::size_t scene = 0) {
  return find_code_target(word)->write(english(testing::bundled(lesson), scene));
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

lesson::Lesson one_layer(const conv::LayerSpec& spec, const Shape& input) {
  Draw draw(1);
  lesson::Scene scene;
  scene.input = draw.tensor(input);
  lesson::Layer layer;
  layer.spec = spec;
  layer.weight = draw.tensor(conv::weight_shape(spec));
  scene.layers = {layer};
  lesson::Lesson lesson;
  lesson.title.by_language["en"] = "One\nlayer";
  lesson.scenes.emplace_back(std::move(scene));
  return lesson;
}

TEST(Numbers, AreShortAndComeBackExactly) {
  EXPECT_EQ(number_text(3), "3");
  EXPECT_EQ(number_text(-0.0F), "-0.0");
  EXPECT_EQ(number_text(0.1F), "0.1");
  EXPECT_EQ(number_text(16777216), "16777216");
  std::mt19937 random(5);
  for (int i = 0; i < 10000; ++i) {
    const float value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    if (std::isfinite(value)) {
      EXPECT_EQ(std::strtof(number_text(value).c_str(), nullptr), value);
    }
  }
}

TEST(Numbers, StandInNestedListsRowByRow) {
  const std::vector<float> values = {1, 2, 3, 4.5F};
  const std::vector<std::int64_t> dimensions = {1, 2, 2};
  EXPECT_EQ(nested_list(values, dimensions, 4), "[[[1, 2],\n      [3, 4.5]]]");
}

TEST(Places, LeaveOutWhatIsNothing) {
  EXPECT_EQ(place_text("y", 1, "i", 1, 0), "y + i");
  EXPECT_EQ(place_text("y", 2, "i", 3, 1), "2*y + 3*i - 1");
}

TEST(Programs, BeginWithTheTitleOfLessonAndScene) {
  const conv::LayerSpec spec;
  const lesson::Lesson lesson = one_layer(spec, {1, 1, 5, 5});
  for (const CodeTarget& target : code_targets()) {
    if (!target.binary) {
      const std::string text = target.write(english(lesson, 0));
      EXPECT_TRUE(has(text.substr(0, text.find('\n')), "One layer")) << target.word << text;
    }
  }
}

TEST(Programs, UseTheLessonsNames) {
  for (const char* word : {"pytorch", "tensorflow", "jax", "numpy", "numpy-loops", "cpp"}) {
    const std::string text = program(word, "cross-5x5");
    for (const char* name : {"img", "weight", "out"}) {
      EXPECT_TRUE(has(text, name)) << word << name;
    }
  }
}

TEST(Programs, HoldOnlyTheFunctionsThatTheyUse) {
  const std::string plain = program("numpy", "cross-5x5");
  EXPECT_TRUE(has(plain, "def conv2d("));
  for (const char* name : {"def conv_transpose2d(", "def in_groups(", "np.pad("}) {
    EXPECT_FALSE(has(plain, name)) << name;
  }
  conv::LayerSpec depthwise;
  depthwise.in_channels = depthwise.out_channels = depthwise.groups = 2;
  const lesson::Lesson grouped = one_layer(depthwise, {1, 2, 5, 5});
  EXPECT_TRUE(has(find_code_target("numpy")->write(english(grouped, 0)), "def in_groups("));
  EXPECT_FALSE(has(program("cpp", "cross-5x5"), "zero_padded"));
}

TEST(Programs, NamesThatMeanSomethingElseAreExchanged) {
  lesson::Lesson lesson = one_layer({}, {1, 1, 5, 5});
  lesson::Scene scene = *lesson.scenes[0];
  scene.input_name = "lambda";
  scene.layers[0].name = "2 spaces";
  scene.layers.push_back(scene.layers[0]);
  scene.layers[1].name = "img";
  lesson.scenes[0] = std::move(scene);
  const Plan plan = english(lesson, 0);
  EXPECT_EQ(plan.input_name, "img");
  EXPECT_EQ(plan.layers[0].name, "conv");
  EXPECT_EQ(plan.layers[1].name, "img_2");
}

TEST(Programs, NameNothingTwice) {
  lesson::Lesson lesson = one_layer({}, {1, 1, 9, 9});
  lesson.scenes[0].change([](lesson::Scene& scene) {
    scene.layers.push_back(scene.layers[0]);
    scene.layers.push_back(scene.layers[0]);
    scene.input_name = "a_weight";
    scene.layers[0].name = "a";
    scene.layers[1].name = "b";
    scene.layers[2].name = "b_weight";
  });
  const Plan plan = english(lesson, 0);
  EXPECT_EQ(plan.input_name, "a_weight");
  EXPECT_EQ(plan.layers[0].name, "a_2");
  EXPECT_EQ(plan.layers[0].weight_name, "a_2_weight");
  EXPECT_EQ(plan.layers[1].weight_name, "b_weight");
  EXPECT_EQ(plan.layers[2].name, "b_weight_2");
}

TEST(Programs, OfTensorsOverAMillionValuesAreRefused) {
  const Plan plan = english(testing::bundled("photo-edges"), 0);
  const auto problem = too_large(plan, 1'000'000);
  ASSERT_TRUE(problem);
  EXPECT_EQ(problem->code, "code_too_large");
  EXPECT_FALSE(too_large(plan, 3 * 640 * 960));
}

// What somebody pastes back is the same layer.
TEST(Programs, PytorchReadsBack) {
  for (const Case& each : bundled_cases()) {
    const std::string text = find_code_target("pytorch")->write(each.plan);
    std::string made;
    for (const PlannedLayer& layer : each.plan.layers) {
      const std::size_t at = text.find("\n" + layer.name + " = nn.");
      ASSERT_NE(at, std::string::npos) << text;
      made += text.substr(at, text.find('\n', at + 1) - at);
    }
    const auto read = imports::read_layer_text(made);
    ASSERT_TRUE(imports::ok(read)) << each.name << std::get<Problem>(read).code;
    const std::vector<imports::PastedLayer>& layers = std::get<imports::LayerText>(read).layers;
    ASSERT_EQ(layers.size(), each.plan.layers.size()) << each.name;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      conv::LayerSpec spec = conv::fitted(layers[i].spec, each.plan.layers[i].input);
      spec.pads = conv::resolved_pads(spec, each.plan.layers[i].input);
      spec.padding = conv::PaddingRule::kExplicit;
      spec.flip = each.plan.layers[i].spec.flip;  // told by a line of its own
      EXPECT_EQ(spec, each.plan.layers[i].spec) << each.name;
    }
  }
}

// The examples of protobuf.dev/programming-guides/encoding.
TEST(Protobuf, WritesTheExamplesOfItsDocumentation) {
  Message integer;
  integer.integer(1, 150);
  EXPECT_EQ(integer.text(), "\x08\x96\x01");
  Message text;
  text.bytes(2, "testing");
  EXPECT_EQ(text.text(), "\x12\x07testing");
  Message outer;
  outer.message(3, integer);
  EXPECT_EQ(outer.text(), "\x1a\x03\x08\x96\x01");
  Message negative;
  negative.integer(1, -2);
  EXPECT_EQ(negative.text(), "\x08\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01");
}

TEST(Latex, WritesTheSizeAndTheSumOfAPosition) {
  Plan plan = english(testing::bundled("cross-5x5"), 0);
  plan.position = 4;
  const std::string text = find_code_target("latex")->write(plan);
  EXPECT_TRUE(has(text,
                  "H_\\text{out} &= \\left\\lfloor \\frac{5 + 2 \\cdot 0 - 1 \\cdot (3-1) - 1}{1} "
                  "\\right\\rfloor + 1 = 3"))
      << text;
  // Bottou's picture: the middle of the map is 4.
  EXPECT_TRUE(has(text, "\\text{out}[0, 0, 1, 1] &= 1 \\cdot 1 + 1 \\cdot 0 + 1 \\cdot 1")) << text;
  EXPECT_TRUE(has(text, "&= 4\n")) << text;
}

}  // namespace
}  // namespace convscope::code
