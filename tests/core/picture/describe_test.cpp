// The stage in words.
#include "core/picture/words/describe.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/files/bundled.h"
#include "core/lesson/views.h"
#include "one_layer.h"

namespace convscope::picture::words {
namespace {

using lesson::Language;

const lesson::Locale& locale_of(Language language) {
  static const lesson::Locale english = files::bundled_locale(Language::kEnglish);
  static const lesson::Locale russian = files::bundled_locale(Language::kRussian);
  return language == Language::kEnglish ? english : russian;
}

std::string told(const Stage& stage) {
  return describe(stage.session, stage.derived, locale_of(stage.session.look.language));
}

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

// REFERENCE: the cross gives 4 3 4, 2 4 3, 2 3 4; the middle patch is 1 1 1, 0 1 1, 0 1 1.
TEST(Describe, TellsWindowSumAndMapWithTheirNumbers) {
  Stage stage("cross-5x5");
  stage.apply(session::action::GoTo{4});
  const std::string text = told(stage);
  EXPECT_TRUE(has(text, "How well does a patch match the template?")) << text;
  EXPECT_TRUE(has(text,
                  "img, row by row: 1, 1, 1, 0, 0; 0, 1, 1, 1, 0; 0, 0, 1, 1, 1; "
                  "0, 0, 1, 1, 0; 0, 1, 1, 0, 0."))
      << text;
  EXPECT_TRUE(has(text, "weight, row by row: 1, 0, 1; 0, 1, 0; 1, 0, 1.")) << text;
  EXPECT_TRUE(has(text, "rows 1 to 3 and columns 1 to 3 of the input")) << text;
  EXPECT_TRUE(has(text, "cell [1, 1] of the map, 5 of 9")) << text;
  EXPECT_TRUE(has(text, "1·1 + 1·0 + 1·1 + 0·0 + 1·1 + 1·0 + 0·1 + 1·0 + 1·1 = 4")) << text;
  EXPECT_TRUE(has(text, "out, row by row: 4, 3, 4; 2, 4.")) << text;
  EXPECT_TRUE(has(text, "In the middle it is 4 of 5 again")) << text;
}

TEST(Describe, InRussianToo) {
  Stage stage("cross-5x5", session::Theme::kDark, Language::kRussian);
  stage.apply(session::action::GoTo{4});
  const std::string text = told(stage);
  EXPECT_TRUE(has(text, "строки с 1 по 3 и столбцы с 1 по 3 входа")) << text;
  EXPECT_TRUE(has(text, "клетка [1, 1] карты, 5 из 9")) << text;
  EXPECT_TRUE(has(text, "out по строкам: 4, 3, 4; 2, 4.")) << text;
}

// REFERENCE: the channels' sums, the bias, the value; five of nine cells lie in the padding.
TEST(Describe, TellsChannelsBiasAndPadding) {
  Stage stage("rgb-same");
  stage.apply(session::action::GoTo{0});
  const std::string text = told(stage);
  EXPECT_TRUE(has(text, "308 \u2212 498 + 164 + 1 = \u221225")) << text;
  EXPECT_TRUE(has(text, "rows \u22121 to 1 and columns \u22121 to 1")) << text;
  EXPECT_TRUE(has(text, "15 of its 27 cells lie in the padding")) << text;
}

TEST(Describe, NothingIsToldThatTheStageKeepsToItself) {
  Stage stage("stride");
  EXPECT_TRUE(has(told(stage), "(1, 1, ?, ?)")) << told(stage);
  EXPECT_FALSE(has(told(stage), "(1, 1, 5, 5)")) << told(stage);
  stage.apply(session::action::GoTo{2});
  EXPECT_TRUE(has(told(stage), "3 of ?")) << told(stage);
  stage.apply(session::action::Last{});
  EXPECT_TRUE(has(told(stage), "(1, 1, 5, 5)")) << told(stage);
  stage.apply(session::action::Ask{});
  EXPECT_EQ(told(stage), locale_of(Language::kEnglish).text("describe.asked"));
}

// 7x7, kernel 3, stride 3: four windows.
TEST(Describe, CountsNoWindowsWhereTheirNumberIsAskedFor) {
  Stage stage("never-read");
  stage.apply(session::action::SetView{lesson::View::kCoverage});
  stage.apply(session::action::GoTo{1});
  EXPECT_FALSE(has(told(stage), "of 4 windows")) << told(stage);
  stage.apply(session::action::Last{});
  EXPECT_TRUE(has(told(stage), "4 of 4 windows counted")) << told(stage);
}

// A filter of two groups reads one of the two channels; the other filter's weights are not its own.
TEST(Describe, ALearnedFilterHasTheChannelsOfItsGroup) {
  Stage stage =
      one_layer(R"("input": {"values": [[[1, 2], [3, 4]], [[4, 3], [2, 1]]]})",
                R"({"op": "conv2d", "groups": 2, "weight": {"values": [[[[2]]], [[[3]]]]}})");
  stage.apply(session::action::SetView{lesson::View::kDescent});
  stage.derived = derive::derive(session::scene_of(stage.session), {}, {}, true);
  EXPECT_TRUE(has(told(stage), "weight so far[0, 0]")) << told(stage);
  EXPECT_FALSE(has(told(stage), "weight so far[0, 1]")) << told(stage);
}

// [[0, 1], [2, 3]] stamped by itself: the second stamp is 1 times the kernel.
TEST(Describe, TellsStamps) {
  Stage stage("transposed");
  stage.apply(session::action::GoTo{1});
  const std::string text = told(stage);
  EXPECT_TRUE(has(text, "Input cell [0, 1], 2 of 4, is 1")) << text;
  EXPECT_TRUE(has(text, "2 of 4 stamps are added up")) << text;
  EXPECT_TRUE(has(text, "out, row by row: 0, 0, 1; 0, 2, 3; 0, 0, 0.")) << text;
}

// 7x7, kernel 3, stride 3: 36 cells are read once, 13 never.
TEST(Describe, TellsCoverageFieldsAndTraining) {
  Stage coverage("never-read");
  coverage.apply(session::action::SetScene{1});
  coverage.apply(session::action::Last{});
  EXPECT_TRUE(has(told(coverage), "13 of 49 cells are never read")) << told(coverage);
  const Stage field("receptive-field");
  EXPECT_TRUE(has(told(field), "After layer 6 (pool) a cell's receptive field is 16×16"))
      << told(field);
  Stage training("weights-are-learned");
  training.derived = derive::derive(session::scene_of(training.session), {}, {}, true);
  EXPECT_TRUE(has(told(training), "target, row by row: 4, 3, 4; 2, 4, 3; 2, 3, 4."))
      << told(training);
}

// The published figure gives 1 6 5, 7 10 9, 7 10 8; six of its nine cells are wrong.
TEST(Describe, TellsAMapToCompareWith) {
  Stage stage("find-the-mistake");
  stage.apply(session::action::Last{});
  const std::string text = told(stage);
  EXPECT_TRUE(has(text, "row by row: 1, 6, 5; 7, 10, 9; 7, 10, 8.")) << text;
  EXPECT_TRUE(has(text, "Of 9 cells compared so far 6 differ.")) << text;
}

TEST(Describe, TellsATurnedKernelAndTheMapWithoutTheTurn) {
  Stage stage("true-convolution");
  stage.apply(session::action::Last{});
  EXPECT_FALSE(has(told(stage), "turned by 180°:")) << told(stage);
  stage.apply(session::action::SetScene{1});
  EXPECT_TRUE(has(told(stage), "The kernel is turned by 180°: its last weight")) << told(stage);
  EXPECT_TRUE(has(told(stage),
                  "Without the turn the map would be, row by row: 9, 8, 7; 6, 5, 4; "
                  "3, 2, 1."))
      << told(stage);
}

// 2x2 with stride 2: a zero between all neighbours gives 3x3, padding 1 on each side 5x5.
TEST(Describe, TellsAStretchedInput) {
  Stage stage("transposed");
  stage.apply(session::action::SetScene{3});
  EXPECT_TRUE(has(told(stage), "stretched with zeros to 3×3 and padded to 5×5")) << told(stage);
  stage.apply(session::action::SetScene{1});
  EXPECT_TRUE(has(told(stage), "the input is padded to 4×4.")) << told(stage);
}

// The lecture's drawing: VALID drops inputs 12 and 13, SAME pads one zero and two.
TEST(Describe, TellsBracketsOfASignal) {
  Stage stage("valid-vs-same");
  const std::string text = told(stage);
  EXPECT_TRUE(has(text, "inputs: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13.")) << text;
  EXPECT_TRUE(has(text,
                  "VALID, which this layer computes: 2 windows, padding 0 before and 0 "
                  "after, 2 inputs dropped."))
      << text;
  EXPECT_TRUE(has(text,
                  "SAME, for comparison: 3 windows, padding 1 before and 2 after, 0 inputs "
                  "dropped."))
      << text;
  EXPECT_TRUE(has(text, "Never read: 2 cells of the input.")) << text;
}

TEST(Describe, TellsWhatAViewDrawsOfTheSum) {
  Stage stage("linear-layer");
  EXPECT_TRUE(has(told(stage), "9 inputs, the cells under the window")) << told(stage);
  EXPECT_TRUE(has(told(stage), "at every position, 9 in all")) << told(stage);
  stage.apply(session::action::SetView{lesson::View::kMatrix});
  EXPECT_TRUE(has(told(stage), "(9, 9), times the weights as columns, (9, 1), is the map, (9, 1)"))
      << told(stage);
  stage.apply(session::action::SetView{lesson::View::kVolume});
  EXPECT_TRUE(has(told(stage), "a block of 1×5×5")) << told(stage);
}

// The lecture's loop at its last turn, and where it fails with a larger kernel.
TEST(Describe, TellsTheProgramBelow) {
  Stage stage("find-the-mistake");
  stage.apply(session::action::SetScene{2});
  stage.apply(session::action::Last{});
  EXPECT_TRUE(has(told(stage), "for i in range(result.shape[0]):  →  i = 5")) << told(stage);
  stage.apply(session::action::SetScene{3});
  stage.apply(session::action::GoTo{0});
  EXPECT_TRUE(has(told(stage), "RuntimeError")) << told(stage);
}

// A sentence begins with a capital, a number, or a name of code.
TEST(Describe, SentencesOfCoverageAndTrainingBeginWithACapital) {
  Stage coverage("never-read", session::Theme::kDark, Language::kRussian);
  coverage.apply(session::action::SetScene{1});
  EXPECT_TRUE(has(told(coverage), "\nУчтено окон: 0 из 4.")) << told(coverage);
  Stage training("weights-are-learned", session::Theme::kDark, Language::kRussian);
  training.derived = derive::derive(session::scene_of(training.session), {}, {}, true);
  EXPECT_TRUE(has(told(training), "\nИтерация 0 из 200, потери ")) << told(training);
  EXPECT_TRUE(has(told(training), "\nЦель по строкам: 4, 3, 4")) << told(training);
}

class EveryLesson : public ::testing::TestWithParam<std::string> {};

// A key that is missing stands in brackets; a value that is not given, in braces.
TEST_P(EveryLesson, IsToldInBothLanguages) {
  Stage stage(GetParam());
  for (std::size_t scene = 0; scene < stage.session.document.lesson->scenes.size(); ++scene) {
    stage.session = session::update(std::move(stage.session),
                                    session::action::SetScene{static_cast<std::int64_t>(scene)});
    stage.derived = derive::derive(session::scene_of(stage.session), {}, {},
                                   session::wants_training(stage.session));
    const std::int64_t last = session::timeline_of(stage.session).positions - 1;
    for (const std::int64_t position : {std::int64_t{-1}, std::int64_t{0}, last / 2, last}) {
      stage.session.clock.frame = session::frame_of(session::timeline_of(stage.session), position);
      for (const Language language : {Language::kEnglish, Language::kRussian}) {
        stage.session.look.language = language;
        const std::string text = told(stage);
        const std::string place = "scene " + std::to_string(scene + 1) + "\n" + text;
        EXPECT_GE(std::ranges::count(text, '\n'), 5) << place;
        for (const char* fault : {"[describe", "[stage", "[panel"}) {
          EXPECT_FALSE(has(text, fault)) << place;
        }
        EXPECT_FALSE(has(text, "{") && !has(text, "print(f\"")) << place;  // Python's own
        const std::string& words = session::narration_of(stage.session).in(language);
        EXPECT_TRUE(has(text, words)) << place;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, EveryLesson, ::testing::ValuesIn(files::bundled_lesson_ids()),
                         [](const auto& test) {
                           std::string name = test.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(Describe, EveryViewIsTold) {
  for (const char* lesson : {"cross-5x5", "transposed", "valid-vs-same", "pooling"}) {
    Stage stage(lesson);
    for (const lesson::ViewRow& row : lesson::kViewTable) {
      stage.apply(session::action::SetView{row.view});
      stage.apply(session::action::GoTo{1});
      EXPECT_TRUE(
          has(told(stage), locale_of(Language::kEnglish).text("panel." + std::string(row.name))))
          << lesson << " " << row.word << "\n"
          << told(stage);
    }
  }
}

}  // namespace
}  // namespace convscope::picture::words
