// The bank's own examples, and the numbers of the bundled lessons.
#include <gtest/gtest.h>

#include "core/quiz/question/question.h"
#include "core/quiz/templates/templates.h"
#include "tests/core/quiz/quiz_bench.h"

namespace convscope::quiz {
namespace {

using testing::text;

using Wrongs = std::vector<std::pair<std::string, std::string>>;

Wrongs texts(const std::vector<Wrong>& wrong) {
  Wrongs all;
  for (const Wrong& each : wrong) {
    all.emplace_back(each.code, text(each.value));
  }
  return all;
}

Question asked_of(const char* id, const lesson::Scene& scene) {
  const auto question = question_at(*find_template(id), scene, {"", 0, {}});
  EXPECT_TRUE(question.has_value()) << id;
  return question.value_or(Question{});
}

// Checks the question's answers; `wrong` as the bank lists them, without those that coincide.
void expect(const char* id, const lesson::Scene& scene, const std::string& right,
            const Wrongs& wrong) {
  SCOPED_TRACE(id);
  const Question question = asked_of(id, scene);
  EXPECT_EQ(text(question.right), right);
  EXPECT_EQ(texts(question.wrong), wrong);
}

lesson::Scene drawn(const ConvSizes& sizes) {
  Draw draw(1);
  return drawn_conv(sizes, draw);
}

TEST(BankExamples, Sizes) {
  const lesson::Scene large = drawn({.h = 29, .w = 29});
  expect("3a", large, "27", {{"NOPLUS1", "26"}, {"KEEP", "29"}, {"TILE", "9"}, {"FORWARD", "31"}});
  expect("3b", drawn({.h = 32, .w = 32, .kh = 7, .kw = 7}), "32",
         {{"NOPLUS1", "33"}, {"KEEP", "26"}, {"TILE", "182"}, {"FORWARD", "20"}});
  // DIVIDE coincides with CEIL, DIVLAST and PADONCE with the answer.
  expect("4a", drawn({.h = 15, .w = 15, .kh = 4, .kw = 4, .stride = 2}), "6",
         {{"CEIL", "7"}, {"NOPLUS1", "5"}, {"NOSTRIDE", "12"}});
  expect("5a", drawn({.kh = 3, .kw = 2, .padding = 1}), "4",
         {{"DOUBLE", "5"}, {"LINES", "2"}, {"INSIDE", "0"}, {"CORNER", "1"}});
  expect("6a", drawn({.h = 7, .w = 7, .kh = 4, .kw = 4, .stride = 2}), "13",
         {{"DOUBLE", "14"}, {"LINES", "2"}, {"CORNER", "1"}, {"ALLREAD", "0"}, {"ONELINE", "7"}});
}

// TOTALBOTH coincides with HALFK.
TEST(BankExamples, TensorFlowsSame) {
  lesson::Layer layer = conv_layer(Tensor({1, 1, 1, 6}, std::vector<float>(6, 1)));
  layer.one_dimensional = true;
  layer.spec.stride.w = 5;
  layer.spec.padding = conv::PaddingRule::kSameTf;
  expect("5b", scene_of(Tensor({1, 1, 1, 18}, std::vector<float>(18)), layer), "(1, 2)",
         {{"BIGFIRST", "(2, 1)"}, {"HALFK", "(3, 3)"}, {"ALLEND", "(0, 3)"}});
}

TEST(BankExamples, Channels) {
  // Partial sums 4 and -2, bias -3.
  lesson::Layer layer = conv_layer(Tensor({1, 2, 1, 1}, {1, 1}));
  layer.spec.bias = true;
  layer.bias = inline_tensor(Tensor({1, 1, 1, 1}, {-3}));
  expect("7a", scene_of(Tensor({1, 2, 1, 1}, {4, -2}), layer), "-1",
         {{"MAXCH", "1"}, {"MEANCH", "-2"}, {"BIASPERCH", "-4"}, {"NOBIAS", "2"}});
  expect("7b", drawn({.n = 8, .filters = 4, .h = 6, .w = 6}), "(8, 4, 4, 4)",
         {{"ONEMORE", "(8, 5, 4, 4)"},
          {"MAPPERCH", "(8, 8, 4, 4)"},
          {"KEEPCH", "(8, 2, 4, 4)"},
          {"DEPTHSIZE", "(8, 4, 5, 5)"}});
  expect("8a", drawn({.c = 2, .filters = 3}), "(1, 3, 3, 3)",
         {{"MAPPERCH", "(1, 6, 3, 3)"},
          {"KEEPCH", "(1, 2, 3, 3)"},
          {"KEEP", "(1, 3, 5, 5)"},
          {"ONEFILTER", "(1, 1, 3, 3)"},
          {"NOPLUS1", "(1, 3, 2, 2)"}});
  expect("8b", drawn({.c = 2, .filters = 4}), "(4, 2, 3, 3)",
         {{"ORDER", "(2, 4, 3, 3)"},
          {"KER2D", "(4, 1, 3, 3)"},
          {"ONEFILTER", "(1, 2, 3, 3)"},
          {"ORDERTF", "(3, 3, 2, 4)"}});
}

TEST(BankExamples, Counts) {
  expect("9a", drawn({.c = 3, .filters = 3, .h = 4, .w = 4, .kh = 2, .kw = 2, .bias = true}), "39",
         {{"KER2D", "15"},
          {"NOBIAS", "36"},
          {"ONEBIAS", "37"},
          {"ONEFILTER", "13"},
          {"DENSE", "351"},
          {"BIASPERCH", "45"}});
  expect("9b", drawn({}), "(1, 4)",
         {{"DENSE", "(4, 4)"}, {"COSTPARAM", "(1, 1)"}, {"LINEAR2", "(1, 2)"}});
  expect("10a", drawn({.c = 2, .kh = 2, .kw = 2}), "800",
         {{"SHARED", "8"}, {"UNSHARED", "128"}, {"ADDPAIR", "66"}, {"FIRSTCH", "400"}});
  expect("10b", drawn({.c = 2, .h = 7, .w = 7}), "18",
         {{"FULLROW", "98"}, {"FIRSTCH", "9"}, {"ROWCOUNT", "25"}, {"LINES", "3"}});
  expect("12a", drawn({.h = 12, .w = 12, .kh = 4, .kw = 4, .dilation = 3}), "10",
         {{"DK", "12"}, {"DIL0", "13"}, {"ONEGAP", "6"}, {"NODIL", "4"}});
  expect("12b", drawn({.c = 3, .dilation = 2}), "27",
         {{"FILLED", "75"}, {"DK", "108"}, {"FIRSTCH", "9"}});
}

TEST(BankExamples, PoolsAndStamps) {
  // With one channel the first POOLCH is right by chance, and the second has none left.
  expect(
      "14b",
      scene_of(Tensor({1, 1, 7, 7}, std::vector<float>(49)), pool_layer(conv::Op::kMaxPool, 2, 2)),
      "(1, 1, 3, 3)", {{"S1", "(1, 1, 6, 6)"}, {"CEIL", "(1, 1, 4, 4)"}, {"KEEP", "(1, 1, 7, 7)"}});
  expect("15a", drawn({.kh = 5, .kw = 5, .stride = 2, .op = conv::Op::kConvTranspose}), "13",
         {{"SCALE", "10"}, {"PLAINCONV", "1"}, {"LASTSTAMP", "8"}, {"TILE", "25"}});
}

TEST(BankExamples, AStackOfLayers) {
  Draw draw(1);
  const auto layer = [&](std::int64_t k, std::int64_t s, std::int64_t p) {
    return conv_layer(draw.integers({1, 1, k, k}, -1, 1), s, p);
  };
  lesson::Scene scene = scene_of(draw.integers({1, 1, 32, 32}, 0, 3), layer(3, 1, 1));
  for (const lesson::Layer& more :
       {layer(5, 1, 2), layer(3, 2, 1), pool_layer(conv::Op::kMaxPool, 2, 2), layer(3, 1, 1)}) {
    scene.layers.push_back(more);
  }
  expect("16a", scene, "19",
         {{"SUMK", "16"}, {"RFNOSTRIDE", "12"}, {"MULT", "270"}, {"LASTONLY", "3"}});
  EXPECT_EQ(question_text(asked_of("16a", scene), testing::english()),
            "Layers (kernel, stride, padding) [(3, 1, 1), (5, 1, 2), (3, 2, 1), (2, 2, 0), "
            "(3, 1, 1)]. How many pixels does a cell of the last map see along an axis, away from "
            "the edges?");
}

// The lecture's first example: 4 at the first position, 3 at the next.
TEST(LessonQuestions, TheCrossAsksForTheLecturesNumber) {
  const lesson::Lesson lesson = testing::bundled("cross-5x5");
  const Question question = asked_of("1a", lesson.scenes.front());
  EXPECT_EQ(text(question.right), "4");
  EXPECT_EQ(question_text(question, testing::english()),
            "The window stands at out[0,0,0]. Which number will appear?");
  EXPECT_EQ(question_text(question, testing::russian()),
            "Окно стоит в положении out[0,0,0]. Какое число появится?");
}

// The classic animation: 308 - 498 + 164 + 1 = -25.
TEST(LessonQuestions, TheColoursAddUpToTheAnimationsNumber) {
  const lesson::Lesson lesson = testing::bundled("rgb-same");
  const Question question = asked_of("7a", lesson.scenes.front());
  EXPECT_EQ(text(question.right), "-25");
  EXPECT_EQ(question_text(question, testing::english()),
            "The partial sums of the channels are [308, -498, 164], the bias is 1. What stands in "
            "the map?");
}

// 140 parameters, and (1, 5, 98, 98), in the lecture.
TEST(LessonQuestions, TheLectureCountsItsParameters) {
  const lesson::Lesson lesson = testing::bundled("conv2d-3-to-5");
  EXPECT_EQ(text(asked_of("9a", lesson.scenes.front()).right), "140");
  EXPECT_EQ(text(asked_of("8a", lesson.scenes.front()).right), "(1, 5, 98, 98)");
  EXPECT_EQ(text(asked_of("8b", lesson.scenes.front()).right), "(5, 3, 3, 3)");
}

// 13 inputs, kernel 6, stride 5: 1 zero left, 2 right.
TEST(LessonQuestions, TensorFlowPutsTheSmallerHalfFirst) {
  const lesson::Lesson lesson = testing::bundled("valid-vs-same");
  EXPECT_EQ(text(asked_of("5b", lesson.scenes.at(1)).right), "(1, 2)");
}

// VGG16 to pool5: 212.
TEST(LessonQuestions, VggSees212) {
  const lesson::Lesson lesson = testing::bundled("receptive-field");
  EXPECT_EQ(text(asked_of("16a", lesson.scenes.at(3)).right), "212");
}

TEST(LessonQuestions, EveryLessonHasSome) {
  for (const lesson::Lesson& lesson : testing::all_bundled()) {
    std::size_t questions = 0;
    for (const Template* asked : all_templates()) {
      for (const lesson::Scene& scene : lesson.scenes) {
        questions += question_at(*asked, scene, {lesson.id, 0, {}}).has_value() ? 1 : 0;
      }
    }
    EXPECT_GT(questions, 0U) << lesson.id;
  }
}

TEST(LessonQuestions, AreTheSameOnAReturn) {
  const lesson::Lesson lesson = testing::bundled("stride");
  const Place place = {"stride", 1, {0, 2, 1}};
  const auto a = question_at(*find_template("4b"), lesson.scenes.at(1), place);
  const auto b = question_at(*find_template("4b"), lesson.scenes.at(1), place);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(text(a->right), "(4, 2)");
  ASSERT_EQ(a->options.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(text(a->options[i].value), text(b->options[i].value));
  }
}

// Narration, reference map and training are not part of a question's scene.
TEST(LessonQuestions, ScenesTellNothing) {
  const lesson::Lesson lesson = testing::bundled("find-the-mistake");
  const Question question = asked_of("1a", lesson.scenes.front());
  EXPECT_TRUE(question.scene.narration.empty());
  EXPECT_FALSE(question.scene.reference_map.has_value());
  EXPECT_TRUE(question.scene.title.by_language.empty());
}

// A seeded input is written out as numbers.
TEST(LessonQuestions, ScenesHoldTheirNumbers) {
  const lesson::Lesson lesson = testing::bundled("stride");
  const Question question = asked_of("4a", lesson.scenes.at(1));
  EXPECT_TRUE(std::holds_alternative<lesson::InlineSource>(question.scene.input.source));
}

}  // namespace
}  // namespace convscope::quiz
