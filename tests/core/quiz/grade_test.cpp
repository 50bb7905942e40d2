// Answers as learners type them.
#include "core/quiz/answer/grade.h"

#include <gtest/gtest.h>

#include <array>

#include "core/quiz/answer/read_answer.h"
#include "core/quiz/templates/templates.h"
#include "tests/core/quiz/quiz_bench.h"

namespace convscope::quiz {
namespace {

constexpr auto kNumber = Answer::Kind::kNumber;
constexpr auto kTuple = Answer::Kind::kTuple;

std::string read(std::string_view text, Answer::Kind kind) {
  const auto typed = read_answer(text, kind);
  return typed ? answer_text(typed->answer, testing::english()) : "nothing";
}

TEST(ReadAnswer, Numbers) {
  const std::pair<const char*, const char*> cases[] = {{"7", "7"},
                                                       {" 7 ", "7"},
                                                       {"7.0", "7"},
                                                       {"2,5", "2.5"},
                                                       {"-3", "-3"},
                                                       {"−3", "-3"},
                                                       {"+4", "4"},
                                                       {"1/3", "0.333333"},
                                                       {"-1 / 2", "-0.5"},
                                                       {"= 12", "12"},
                                                       {".5", "0.5"},
                                                       {"165 888", "165888"},
                                                       {"6.", "6"},
                                                       {"165\u202F888", "165888"},
                                                       {"\u00A07\u00A0", "7"},
                                                       {"–1⁄4", "-0.25"},
                                                       {"½", "0.5"},
                                                       {"−½", "-0.5"},
                                                       {"3 1/2", "3.5"},
                                                       {"3½", "3.5"},
                                                       {"-3 1/2", "-3.5"},
                                                       {"1/-2", "-0.5"},
                                                       {"-1/-2", "0.5"},
                                                       {"1e1", "10"},
                                                       {"-4.8889e-01", "-0.48889"}};
  for (const auto& [typed, expected] : cases) {
    EXPECT_EQ(read(typed, kNumber), expected) << typed;
  }
}

TEST(ReadAnswer, NonNumbers) {
  for (const char* typed : {"",    "  ", "seven",  "7 cells", "1/0", "1/2/3", "2,5,1", "--3",
                            "+-3", "1e", "1e9999", "nan",     "inf", "0x10",  "12 34", "=",
                            "(7",  "/3", "3 -1/2", "1.5 1/2", "½½",  "e5"}) {
    EXPECT_EQ(read(typed, kNumber), "nothing") << typed;
  }
}

TEST(ReadAnswer, Tuples) {
  const std::pair<const char*, const char*> cases[] = {
      {"(9, 3)", "(9, 3)"},
      {"9,3", "(9, 3)"},
      {"9;3", "(9, 3)"},
      {"9 3", "(9, 3)"},
      {"[9, 3]", "(9, 3)"},
      {"( −10 ; 11 )", "(-10, 11)"},
      {"1×3×5×5", "(1, 3, 5, 5)"},
      {"1x3x5x5", "(1, 3, 5, 5)"},
      {"(1, 3, 98, 98)", "(1, 3, 98, 98)"},
      {"2,5; 1", "(2.5, 1)"},
      {"9 × 3", "(9, 3)"},
      {"torch.Size([1, 5, 98, 98])", "(1, 5, 98, 98)"}};
  for (const auto& [typed, expected] : cases) {
    EXPECT_EQ(read(typed, kTuple), expected) << typed;
  }
  for (const char* typed : {"", "()", "(9, )", "9, three", "(9, 3"}) {
    EXPECT_EQ(read(typed, kTuple), "nothing") << typed;
  }
}

Question stride_question() {
  Draw draw(1);
  const lesson::Scene scene = drawn_conv({.h = 15, .w = 15, .kh = 4, .kw = 4, .stride = 2}, draw);
  return *question_at(*find_template("4a"), scene, {"stride", 0, {}});
}

Verdict graded(const Question& question, std::string_view text) {
  const std::array locales = {&testing::english(), &testing::russian()};
  return grade_text(question, text, locales);
}

// 6 is right; 12 is not an option, but its misconception is known.
TEST(Grade, TypedNumbersAreDiagnosed) {
  const Question question = stride_question();
  EXPECT_EQ(graded(question, " 6,0 ").kind, Verdict::Kind::kRight);
  EXPECT_EQ(graded(question, "7").code, "CEIL");
  EXPECT_EQ(graded(question, "12").code, "NOSTRIDE");
  EXPECT_EQ(graded(question, "12").kind, Verdict::Kind::kMisconception);
  EXPECT_EQ(graded(question, "99").kind, Verdict::Kind::kWrong);
  EXPECT_EQ(graded(question, "six").kind, Verdict::Kind::kNotUnderstood);
  EXPECT_EQ(graded(question, "(6, 6)").kind, Verdict::Kind::kNotUnderstood);
}

TEST(Grade, PicksAreDiagnosed) {
  const Question question = stride_question();
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    const Verdict verdict = grade_option(question, i);
    EXPECT_EQ(verdict.kind == Verdict::Kind::kRight, question.options[i].right);
    EXPECT_EQ(verdict.code, question.options[i].code);
  }
  EXPECT_EQ(grade_option(question, 99).kind, Verdict::Kind::kNotUnderstood);
}

// -2/3 + 1 = 1/3 by MEANCH; rounded to two or more decimals it still shows that misconception.
TEST(Grade, RoundedNumbersAreUnderstood) {
  lesson::Layer layer = conv_layer(Tensor({1, 3, 1, 1}, {1, 1, 1}));
  layer.spec.bias = true;
  layer.bias = inline_tensor(Tensor({1, 1, 1, 1}, {1}));
  const lesson::Scene scene = scene_of(Tensor({1, 3, 1, 1}, {4, -5, -1}), layer);
  const Question question = *question_at(*find_template("7a"), scene, {"", 0, {}});
  EXPECT_EQ(graded(question, "-1").kind, Verdict::Kind::kRight);
  for (const char* typed : {"1/3", "0.33", "0,333", "0.333333"}) {
    EXPECT_EQ(graded(question, typed).code, "MEANCH") << typed;
  }
  EXPECT_EQ(graded(question, "0.3").kind, Verdict::Kind::kWrong);
  EXPECT_EQ(graded(question, "0.34").kind, Verdict::Kind::kWrong);
}

TEST(Grade, CellsAndWords) {
  const lesson::Lesson lesson = testing::bundled("stride");
  const Question cell =
      *question_at(*find_template("4b"), lesson.scenes.at(1), {"stride", 1, {0, 2, 1}});
  EXPECT_EQ(graded(cell, "4, 2").kind, Verdict::Kind::kRight);
  EXPECT_EQ(graded(cell, "(2, 4)").code, "SWAP");
  EXPECT_EQ(graded(cell, "(4, 2, 0)").kind, Verdict::Kind::kWrong);

  const Question word = drawn_question(*find_template("15c"), "", 3);
  EXPECT_EQ(graded(word, "Neither").kind == Verdict::Kind::kRight, word.right.word == "neither");
  EXPECT_EQ(graded(word, "x itself").code, "INVERSE");
  EXPECT_EQ(graded(word, " сам x ").code, "INVERSE");
  EXPECT_EQ(graded(word, "perhaps").kind, Verdict::Kind::kNotUnderstood);
}

}  // namespace
}  // namespace convscope::quiz
