#include "core/lesson/json/lesson_json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/conv/analysis/step.h"
#include "core/derive/plan.h"
#include "tests/core/lesson/bundled.h"

namespace convscope::lesson {
namespace {

using testing::bundled;
using testing::values_of;

class BundledLesson : public ::testing::TestWithParam<std::string> {};

TEST_P(BundledLesson, HasItsIdAndBothLanguages) {
  const Lesson lesson = bundled(GetParam());
  EXPECT_EQ(lesson.id, GetParam());
  const auto bilingual = [](const LocalizedText& text) {
    for (const char* language : {"en", "ru"}) {
      EXPECT_TRUE(text.by_language.contains(language) && !text.by_language.at(language).empty());
    }
  };
  bilingual(lesson.title);
  bilingual(lesson.summary);
  EXPECT_NE(lesson.summary.in(Language::kEnglish), lesson.summary.in(Language::kRussian));
  for (const Scene& scene : lesson.scenes) {
    ASSERT_FALSE(scene.narration.empty());
    EXPECT_EQ(scene.narration.front().position, -1);
    for (const Narration& narration : scene.narration) {
      bilingual(narration.text);
    }
  }
}

TEST_P(BundledLesson, SurvivesWritingAndReading) {
  const Lesson lesson = bundled(GetParam());
  const std::string json = lesson_json(lesson);
  const Lesson again = parse_lesson(json, "again.json", testing::ramp);
  EXPECT_EQ(lesson_json(again), json);
  ASSERT_EQ(again.scenes.size(), lesson.scenes.size());
  for (std::size_t i = 0; i < lesson.scenes.size(); ++i) {
    const Scene& a = lesson.scenes[i];
    const Scene& b = again.scenes[i];
    EXPECT_EQ(a.title, b.title);
    EXPECT_EQ(a.input.source, b.input.source);
    EXPECT_TRUE(identical(a.input.base, b.input.base));
    EXPECT_EQ(a.narration, b.narration);
    EXPECT_EQ(a.start, b.start);
    EXPECT_EQ(a.asks, b.asks);
    ASSERT_EQ(a.layers.size(), b.layers.size());
    for (std::size_t l = 0; l < a.layers.size(); ++l) {
      EXPECT_EQ(a.layers[l].spec, b.layers[l].spec);
      EXPECT_EQ(a.layers[l].weight.source, b.layers[l].weight.source);
      EXPECT_TRUE(identical(a.layers[l].weight.base, b.layers[l].weight.base));
      EXPECT_EQ(a.layers[l].bias.source, b.layers[l].bias.source);
      EXPECT_TRUE(identical(a.layers[l].bias.base, b.layers[l].bias.base));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, BundledLesson, ::testing::ValuesIn(testing::names_in("lessons")),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

// The numbers below are the lecture's.

TEST(Reference, CrossInAnX) {
  const derive::Derived derived = derive::derive(bundled("cross-5x5").scenes[0]);
  EXPECT_EQ(values_of(derived.layers[0].output), (std::vector<float>{4, 3, 4, 2, 4, 3, 2, 3, 4}));
  EXPECT_TRUE(derived.layers[0].bias.empty());
  EXPECT_EQ(derived.layers[0].output_range, (derive::ValueRange{2, 4}));
}

TEST(Reference, RgbWithSamePadding) {
  const derive::Derived derived = derive::derive(bundled("rgb-same").scenes[0]);
  const derive::LayerResult& layer = derived.layers[0];
  EXPECT_EQ(values_of(layer.output),
            (std::vector<float>{-25, 466, 466, 475, 653, 295, 787, 798, 812, 671, 291, 776, 784,
                                800, 659, 293, 771, 773, 782, 645, 159, 328, 324, 319, 335}));
  const conv::Step step = conv::step_at(layer.input, layer.weight, layer.bias, layer.spec, 0);
  EXPECT_EQ(step.partial_sums, (std::vector<double>{308, -498, 164}));
  EXPECT_EQ(step.bias, 1);
  EXPECT_EQ(step.value, -25);
}

TEST(Reference, ThreeToFiveChannels) {
  const Scene scene = bundled("conv2d-3-to-5").scenes[0];
  EXPECT_EQ(lesson::layer_input_shape(scene, 0), (Shape{1, 3, 100, 100}));
  EXPECT_EQ(lesson::layer_output_shape(scene, 0), (Shape{1, 5, 98, 98}));
  EXPECT_EQ(conv::parameter_count(scene.layers[0].spec), 140);
}

TEST(Reference, OneFilterGivesDepthOne) {
  const Scene scene = bundled("one-filter-depth").scenes[0];
  EXPECT_EQ(lesson::layer_input_shape(scene, 0), (Shape{1, 3, 8, 8}));
  EXPECT_EQ(scene.layers[0].weight.base.shape(), (Shape{1, 3, 3, 3}));
  EXPECT_EQ(lesson::layer_output_shape(scene, 0), (Shape{1, 1, 6, 6}));
  for (const float value : scene.input.base.values()) {
    EXPECT_EQ(value, static_cast<float>(static_cast<int>(value)));
  }
}

TEST(LessonJson, Numbers) {
  EXPECT_EQ(json_number(-25), "-25");
  EXPECT_EQ(json_number(0.5), "0.5");
  EXPECT_EQ(json_number(static_cast<double>(0.1F)), "0.1");
  EXPECT_EQ(json_number(0.1), "0.1");
  EXPECT_EQ(json_number(1e15), "1000000000000000");
  EXPECT_EQ(json_number(0), "0");
  EXPECT_EQ(json_number(-0.0), "-0.0");
}

constexpr const char* kSignal = R"({"format": 1, "id": "s", "title": "S", "scenes": [{
  "input": {"values": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13], "edits": [{"at": [12], "value": 0.1}]},
  "layers": [{"op": "conv1d", "stride": 5, "padding": "same_tf", "weight": {"values": [1, 1, 1, 1, 1, 1]}}]}]})";

TEST(LessonJson, AHeadingLoadsNothingAndKnowsNewerFormats) {
  const std::string scenes =
      R"("id": "s", "title": "S", "scenes": [{"input": {"npy": "x.npy"}, "layers": []}]})";
  EXPECT_EQ(parse_heading(R"({"format": 1, )" + scenes, "s.json").title.in(Language::kEnglish),
            "S");
  EXPECT_THROW(parse_heading(R"({"format": 2, )" + scenes, "s.json"), Failure);
  EXPECT_THROW(parse_heading(R"({"format": 1, "id": "s", "scenes": []})", "s.json"), Failure);
}

// A 4x4 image, a kernel of 2: a first map of 3x3, a second of 2x2.
constexpr const char* kTwoLayersOfALesson = R"({"format": 1, "id": "t", "title": "T", "scenes": [{
  "input": {"seed": 1, "shape": [4, 4]},
  "layers": [{"op": "conv2d", "weight": {"values": [[1, 1], [1, 1]]}},
             {"op": "conv2d", "weight": {"values": [[1, 1], [1, 2]]}}],
  "start": [1, 2],
  "asks": true,
  "narration": [{"at": "start", "text": "a"}, {"at": 8, "text": "b"},
                {"layer": 2, "at": "start", "text": "c"}, {"layer": 2, "at": "last", "text": "d"}]}]})";

TEST(LessonJson, ATextCountsThePositionsOfItsLayer) {
  const Lesson lesson = parse_lesson(kTwoLayersOfALesson, "t.json", {});
  const Scene& scene = lesson.scenes[0];
  EXPECT_EQ(scene.start, 1 * 3 + 2);
  EXPECT_TRUE(scene.asks);
  ASSERT_EQ(scene.narration.size(), 4U);
  EXPECT_EQ(scene.narration[2].layer, 1);
  EXPECT_EQ(scene.narration[2].position, -1);
  EXPECT_EQ(scene.narration[3].position, 3);
  EXPECT_EQ(parse_lesson(lesson_json(lesson), "t.json", {}), lesson);
}

TEST(LessonJson, ATextOfALayerThatIsGoneIsKeptApart) {
  Lesson lesson = parse_lesson(kTwoLayersOfALesson, "t.json", {});
  lesson.scenes[0].change([](Scene& scene) { scene.layers.pop_back(); });
  const std::string json = lesson_json(lesson);
  EXPECT_NE(json.find("\"unplaced\""), std::string::npos);
  const Lesson again = parse_lesson(json, "t.json", {});
  EXPECT_EQ(again, lesson);
  EXPECT_EQ(again.scenes[0]->narration.size(), 4U);
}

TEST(LessonJson, MinusZeroComesBack) {
  const Lesson lesson = parse_lesson(R"({"format": 1, "id": "s", "title": "S", "scenes": [{
    "input": {"values": [1, -0.0, 0], "edits": [{"at": [0], "value": -0.0}]},
    "layers": [{"op": "conv1d", "weight": {"values": [1]}}]}]})",
                                     "s.json", {});
  EXPECT_TRUE(std::signbit(lesson.scenes[0]->input.base.values()[1]));
  EXPECT_EQ(parse_lesson(lesson_json(lesson), "s.json", {}), lesson);  // bit by bit
}

TEST(LessonJson, Conv1dNestsOneNumberEach) {
  const Lesson lesson = parse_lesson(kSignal, "s.json", {});
  const Scene& scene = lesson.scenes[0];
  EXPECT_EQ(scene.input.base.shape(), (Shape{1, 1, 1, 13}));
  EXPECT_EQ(lesson::layer_output_shape(scene, 0), (Shape{1, 1, 1, 3}));
  EXPECT_EQ(scene.input.tensor().at({0, 0, 0, 12}), 0.1F);
  const Lesson again = parse_lesson(lesson_json(lesson), "s.json", {});
  EXPECT_EQ(again.scenes[0]->layers[0].spec, scene.layers[0].spec);
  EXPECT_EQ(again.scenes[0]->input.edits, scene.input.edits);
}

TEST(LessonJson, LayersReadOneAnother) {
  const Lesson lesson = parse_lesson(R"({"format": 1, "id": "c", "title": "C", "scenes": [{
    "input": {"values": [[1, 1, 1], [1, 1, 1], [1, 1, 1]]},
    "layers": [{"op": "conv2d", "weight": {"values": [[1, 1], [1, 1]]}},
               {"op": "conv2d", "padding": [1, 0, 0, 0], "weight": {"values": [[1, 1], [1, 2]]}}]}]})",
                                     "c.json", {});
  const derive::Derived derived = derive::derive(lesson.scenes[0]);
  ASSERT_EQ(derived.layers.size(), 2U);
  EXPECT_EQ(values_of(derived.layers[0].output), (std::vector<float>{4, 4, 4, 4}));
  EXPECT_EQ(values_of(derived.layers[1].output), (std::vector<float>{12, 20}));
  EXPECT_EQ(derived.layers[1].output_shape, lesson::layer_output_shape(lesson.scenes[0], 1));
  EXPECT_GT(derive::plan(lesson.scenes[0]).work, 4 * 4 + 2 * 4);
  EXPECT_EQ(derive::plan(lesson.scenes[0], {}, derived).work, 0);
}

}  // namespace
}  // namespace convscope::lesson
