// The example of AUTHORS.md, as an author would try it.
#include <gtest/gtest.h>

#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

class Authors : public Workbench {
 protected:
  Authors() {
    const std::string page = read(std::string(CONVSCOPE_SOURCE_DIR) + "/AUTHORS.md");
    const std::string open = "```json\n";
    const std::size_t from = page.find(open) + open.size();
    example_ = page.substr(from, page.find("```", from) - from);
  }
  void SetUp() override {
    Workbench::SetUp();
    write("my.json", example_);
  }
  std::string example_;
};

TEST_F(Authors, TheExampleIsSound) {
  const Outcome check = convscope("check my.json --lang en");
  EXPECT_EQ(check.status, 0) << check.out << check.err;
}

// 0, 5, 5, 0 in every row, as its texts say.
TEST_F(Authors, TheExamplesTextsTellItsNumbers) {
  const Outcome map = convscope("describe my.json --step last --lang en");
  EXPECT_TRUE(has(map.out, "0, 5, 5, 0; 0, 5, 5, 0; 0, 5, 5, 0")) << map.out;
  const Outcome strided = convscope("describe my.json --scene 2 --view flat --step last --lang en");
  EXPECT_TRUE(has(strided.out, "(1, 1, 3, 2)")) << strided.out;
  EXPECT_TRUE(has(strided.out, "1 column")) << strided.out;
}

TEST_F(Authors, TheExampleAsksItsOwnQuestions) {
  const Outcome quiz = convscope("quiz my.json --count 4 --format json");
  EXPECT_EQ(quiz.status, 0) << quiz.err;
  EXPECT_TRUE(has(quiz.out, "\"1a\""));
  EXPECT_TRUE(has(quiz.out, "\"8a\""));
  EXPECT_FALSE(has(quiz.out, "\"2a\""));
}

TEST_F(Authors, ThePseudoLanguageShowsWhatIsNotTranslated) {
  const Outcome told = convscope("handout my.json --lang pseudo");
  EXPECT_EQ(told.status, 0) << told.err;
  EXPECT_TRUE(has(told.out, "[A step in the signal")) << told.out.substr(0, 400);
  EXPECT_TRUE(has(told.out, "[Questions")) << told.out.substr(0, 400);
}

TEST_F(Authors, AnUnknownQuestionOrExerciseIsNamed) {
  std::string wrong = example_;
  wrong.replace(wrong.find("\"1a\""), 4, "\"9z\"");
  wrong.replace(wrong.find("only-vertical-edges"), 19, "no-such-exercise");
  write("wrong.json", wrong);
  const Outcome check = convscope("check wrong.json --lang en");
  EXPECT_EQ(check.status, 1);
  EXPECT_TRUE(has(check.out, "9z")) << check.out;
  EXPECT_TRUE(has(check.out, "no-such-exercise")) << check.out;
}

TEST_F(Authors, AQuestionThatNeverFitsAndADoubledOneAreNamed) {
  std::string wrong = example_;
  wrong.replace(wrong.find("\"1a\""), 4, "\"14b\", \"1a\", \"1a\"");
  write("wrong.json", wrong);
  const Outcome check = convscope("check wrong.json --lang en");
  EXPECT_EQ(check.status, 1);
  EXPECT_TRUE(has(check.out, "Question 14b fits no scene")) << check.out;
  EXPECT_TRUE(has(check.out, "questions[2]: Question 1a stands in the list twice")) << check.out;
}

// With the assets in a folder, as an author of exercises has them.
TEST_F(Authors, WhatAnExerciseLacksIsNamed) {
  namespace fs = std::filesystem;
  fs::copy(fs::path(CONVSCOPE_SOURCE_DIR) / "assets", path("assets"), fs::copy_options::recursive);
  const std::string name = "assets/exercises/only-vertical-edges.json";
  const std::string whole = read(path(name));
  const auto checked = [&](const std::string& from, const std::string& to,
                           const std::string& file) {
    std::string text = whole;
    text.replace(text.find(from), from.size(), to);
    write(file, text);
    return convscope("check photo-edges --lang en", "CONVSCOPE_ASSETS=assets").out;
  };
  const std::string id = "\"id\": \"only-vertical-edges\"";
  const std::string other = checked(id, "\"id\": \"half-the-size\"", name);
  EXPECT_TRUE(has(other, "Two exercises are called half-the-size")) << other;
  const std::string lost = checked("\"photo-edges\"", "\"nope\"", name);
  EXPECT_TRUE(has(lost, "names the lesson nope")) << lost;
  const std::string untold = checked("\"ru\":", "\"de\":", name);
  EXPECT_TRUE(has(untold, "Exercise only-vertical-edges")) << untold;
  EXPECT_TRUE(has(untold, "has no “ru”")) << untold;
}

}  // namespace
}  // namespace convscope::cli
