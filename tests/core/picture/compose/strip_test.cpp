#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core/picture/display/target_rect.h"
#include "core/picture/strip/rules.h"
#include "core/picture/svg/svg.h"
#include "tests/core/picture/one_layer.h"
#include "tests/support/golden_text.h"

namespace convscope::picture {
namespace {

Stage strip_stage(Stage stage, std::int64_t position) {
  stage.apply(session::action::SetView{lesson::View::kStrip});
  stage.apply(session::action::GoTo{position});
  return stage;
}

// The lecture's drawing: 13 inputs, a kernel of 6, stride 5.
Stage lecture(const std::string& padding, std::int64_t position,
              session::Theme theme = session::Theme::kDark,
              lesson::Language language = lesson::Language::kEnglish) {
  return strip_stage(one_layer(R"("input": {"name": "inputs", "colors": "signed",
                             "values": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]})",
                               R"({"op": "conv1d", "stride": 5, "padding": ")" + padding +
                                   R"(", "weight": {"values": [[[1, 1, 1, 1, 1, 1]]]}})",
                               theme, language),
                     position);
}

std::string ones(std::int64_t count) {
  std::string list = "1";
  for (std::int64_t i = 1; i < count; ++i) {
    list += ", 1";
  }
  return "[" + list + "]";
}

// TensorFlow's SAME, as published: (input, kernel, stride) -> left / right.
TEST(StripRules, SamePadsAsPublished) {
  struct Case {
    std::int64_t input, kernel, stride, left, right;
  };
  for (const Case& c : {Case{6, 3, 2, 0, 1}, Case{224, 7, 2, 2, 3}, Case{5, 2, 1, 0, 1},
                        Case{5, 4, 1, 1, 2}, Case{7, 3, 2, 1, 1}, Case{13, 6, 5, 1, 2}}) {
    const std::string stride = std::to_string(c.stride);
    const Stage stage = one_layer(R"("input": {"values": )" + ones(c.input) + "}",
                                  R"({"op": "conv1d", "stride": )" + stride +
                                      R"(, "weight": {"values": )" + ones(c.kernel) + "}}");
    const std::vector<strip::StripRule> rules = strip::strip_rules(stage.derived.layers[0]);
    ASSERT_EQ(rules.size(), 2U);
    EXPECT_EQ(rules[0].kind, strip::StripRule::Kind::kValid);
    EXPECT_TRUE(rules[0].own);
    EXPECT_EQ(rules[1].kind, strip::StripRule::Kind::kSame);
    EXPECT_FALSE(rules[1].own);
    EXPECT_EQ(rules[1].axis.before, c.left) << c.input << ", " << c.kernel;
    EXPECT_EQ(rules[1].after, c.right) << c.input << ", " << c.kernel;
    EXPECT_EQ(rules[1].axis.outputs, (c.input + c.stride - 1) / c.stride);
  }
}

TEST(StripRules, ValidStandsAboveWhateverTheLayerDoes) {
  const Stage same = lecture("same_tf", 0);
  const std::vector<strip::StripRule> rules = strip::strip_rules(same.derived.layers[0]);
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0].kind, strip::StripRule::Kind::kValid);
  EXPECT_FALSE(rules[0].own);
  EXPECT_EQ(rules[1].kind, strip::StripRule::Kind::kSame);
  EXPECT_TRUE(rules[1].own);
}

TEST(StripRules, CellsThatNoWindowReads) {
  const std::vector<strip::StripRule> rules =
      strip::strip_rules(lecture("valid", 0).derived.layers[0]);
  EXPECT_EQ(strip::dropped_cells(rules[0]), (std::vector<std::int64_t>{11, 12}));
  EXPECT_TRUE(strip::dropped_cells(rules[1]).empty());
}

// A kernel that does not fit without padding leaves nothing to compare.
TEST(StripRules, AnImpossibleRuleIsLeftOut) {
  const Stage stage =
      one_layer(R"("input": {"values": [1, 2, 3]})",
                R"({"op": "conv1d", "padding": 2, "weight": {"values": [1, 1, 1, 1, 1]}})");
  EXPECT_EQ(strip::strip_rules(stage.derived.layers[0]).size(), 1U);
}

TEST(StripView, ShowsTheLecturesDrawing) {
  const std::string words = read_aloud(compose_stage(lecture("valid", 1)));
  for (const std::string& said :
       {"VALID⌊(13 " + kMinus + " 6)/5⌋ + 1 = 2", std::string("SAME⌈13/5⌉ = 3"),
        "2·5 + 6 " + kMinus + " 13 = 3: 1 left, 2 right", std::string("11(12)(13)"),
        std::string("dropped")}) {
    EXPECT_NE(words.find(said), std::string::npos) << said << " in " << words;
  }
}

// 1 + ... + 6 = 21, 6 + ... + 11 = 51; with one zero before: 15, 45 and 10 + ... + 13 = 46.
TEST(StripView, ShowsTheOutputsOfBothRules) {
  const std::vector<std::string> words = words_of(compose_stage(lecture("valid", 1)));
  for (const char* value : {"21", "51", "15", "45", "46"}) {
    EXPECT_NE(std::find(words.begin(), words.end(), value), words.end()) << value;
  }
  const Picture valid = compose_stage(lecture("valid", 0));
  EXPECT_EQ(numbers_at(valid, {session::TensorRole::kOutput, {0, 0, 0, 0}}),
            std::vector<std::string>{"21"});
  EXPECT_TRUE(numbers_at(valid, {session::TensorRole::kOutput, {0, 0, 0, 1}}).empty())
      << "its turn has not come";
  const Picture same = compose_stage(lecture("same_tf", 2));
  EXPECT_EQ(numbers_at(same, {session::TensorRole::kOutput, {0, 0, 0, 2}}),
            std::vector<std::string>{"46"});
}

// Cells of the other rule are the same inputs: they can be hovered and edited there too.
TEST(StripView, InputsAnswerInBothRows) {
  const Picture picture = compose_stage(lecture("valid", 1));
  EXPECT_EQ(numbers_at(picture, {session::TensorRole::kInput, {0, 0, 0, 6}}),
            (std::vector<std::string>{"7", "7"}));
  EXPECT_EQ(numbers_at(picture, {session::TensorRole::kWeight, {0, 0, 0, 3}}),
            std::vector<std::string>{"1"});
}

TEST(StripView, ValuesAreEditedInTheLayersOwnRow) {
  for (const std::string padding : {"valid", "same_tf"}) {
    const Picture picture = compose_stage(lecture(padding, 1));
    const auto input = target_rect(picture, {session::TensorRole::kInput, {0, 0, 0, 6}});
    const auto weight = target_rect(picture, {session::TensorRole::kWeight, {0, 0, 0, 1}});
    ASSERT_TRUE(input && weight);
    EXPECT_GT(input->y, weight->bottom()) << padding;
    EXPECT_LT(input->y, weight->bottom() + 2 * input->h) << padding;
  }
}

// The third scene of the bundled lesson on the stage of a window of 1280 x 720, for a class.
TEST(StripView, ALowStageKeepsItsCellsLegible) {
  Stage stage("valid-vs-same", session::Theme::kProjector, lesson::Language::kRussian);
  stage.apply(session::action::SetScene{2});
  const Picture picture = compose_stage(stage, {955, 585, 1});
  const auto cell = target_rect(picture, {session::TensorRole::kInput, {0, 0, 0, 6}});
  ASSERT_TRUE(cell);
  EXPECT_GE(cell->w, 24);
}

std::size_t marks_on(const Stage& stage, const session::Target& hover) {
  Stage pointed = stage;
  pointed.apply(session::action::Hover{hover});
  return compose_stage(pointed).records.size() - compose_stage(stage).records.size();
}

// At 200 % in a window as high as 750 there is no room for two rules: the layer's own keeps its
// numbers.
TEST(StripView, ALowStageDoesWithoutTheComparison) {
  Stage stage("valid-vs-same");
  stage.apply(session::action::SetScene{1});
  stage.apply(session::action::GoTo{1});
  const Picture roomy = compose_stage(stage);
  EXPECT_TRUE(says(roomy, "VALID"));
  EXPECT_TRUE(says(roomy, "SAME"));
  const Picture low = compose_stage(stage, {1280, 500, 2});
  EXPECT_FALSE(says(low, "VALID"));
  EXPECT_TRUE(says(low, "SAME"));
  const std::vector<std::string> words = words_of(low);
  for (const char* number : {"15", "45"}) {
    EXPECT_EQ(std::ranges::count(words, number), 1) << number;
  }
}

TEST(StripView, WhatThePointerIsOnLightsUp) {
  const Stage stage = lecture("valid", 1);
  // Input 6 is in two windows of VALID and one of SAME: two cells, three outputs.
  EXPECT_EQ(marks_on(stage, {session::TensorRole::kInput, {0, 0, 0, 5}}), 2 + 3);
  // Input 13 is dropped by VALID and read once by SAME.
  EXPECT_EQ(marks_on(stage, {session::TensorRole::kInput, {0, 0, 0, 12}}), 2 + 1);
  // Its window, and its name at the sum.
  EXPECT_EQ(marks_on(stage, {session::TensorRole::kOutput, {0, 0, 0, 0}}), 1 + 1);
  // A weight: itself, and the cell that it multiplies in each window.
  EXPECT_EQ(marks_on(stage, {session::TensorRole::kWeight, {0, 0, 0, 0}}), 1 + 2);
}

TEST(StripView, OfATwoDimensionalLayerSaysWhichRow) {
  const std::string words = read_aloud(compose_stage(strip_stage(Stage("cross-5x5"), 4)));
  EXPECT_NE(words.find("Row 2 of the input"), std::string::npos) << words;
  EXPECT_NE(words.find("row 1 of the filter"), std::string::npos) << words;
}

TEST(StripView, ShowsAPartOfALongInput) {
  const Stage stage = strip_stage(
      one_layer(R"("input": {"seed": 3, "shape": [1, 1, 5000], "distribution": "normal"})",
                R"({"op": "conv1d", "stride": 2, "weight": {"values": [1, 0, -1]}})"),
      700);
  const Picture picture = compose_stage(stage);
  EXPECT_LT(picture.records.size(), 1000U);
  const std::vector<std::string> words = words_of(picture);
  EXPECT_NE(std::find(words.begin(), words.end(), "1401"), words.end())
      << "window 700 begins at input 1401";
  EXPECT_EQ(std::find(words.begin(), words.end(), "1300"), words.end());
}

TEST(StripView, ComposesOnAnyCanvas) {
  std::mt19937 random(7);
  for (const Stage& base : {lecture("same_tf", 1), strip_stage(Stage("rgb-same"), 3),
                            strip_stage(Stage("conv2d-3-to-5"), 3)}) {
    Stage stage = base;
    for (const Viewport viewport : {Viewport{64, 64, 1}, Viewport{100, 2000, 1},
                                    Viewport{4000, 70, 3}, Viewport{960, 540, 1}}) {
      for (int i = 0; i < 10; ++i) {
        stage.session.clock.frame = static_cast<session::Frame>(random() % 7000);
        stage.session.look.camera = {0.1 + static_cast<double>(random() % 50), 0.1, -0.2};
        for (const Record& record : compose_stage(stage, viewport).records) {
          const auto* box = std::get_if<Box>(&record);
          ASSERT_TRUE(box == nullptr || (std::isfinite(box->rect.x) && std::isfinite(box->rect.w)));
        }
      }
    }
  }
}

TEST(StripGolden, Valid) {
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(lecture("valid", 1)), golden_metrics()),
                                  "svg/strip_valid_1.svg"));
}

TEST(StripGolden, SameInRussian) {
  const Stage stage = lecture("same_tf", 1, session::Theme::kLight, lesson::Language::kRussian);
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  "svg/strip_same_1.svg"));
}

TEST(StripGolden, Dilated) {
  const Stage stage = strip_stage(
      one_layer(
          R"("input": {"values": [3, 1, 4, 1, 5, 9, 2, 6, 5]})",
          R"({"op": "conv1d", "dilation": 2, "padding": 1, "weight": {"values": [1, 0, -1]}})",
          session::Theme::kProjector),
      3);
  EXPECT_TRUE(matches_golden_text(svg::svg_of(compose_stage(stage), golden_metrics()),
                                  "svg/strip_dilated_3.svg"));
}

}  // namespace
}  // namespace convscope::picture
