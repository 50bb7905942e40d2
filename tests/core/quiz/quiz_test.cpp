// A quiz for scripts, on paper and for the lecturer.
#include "core/quiz/quiz.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "core/quiz/answer/misconception.h"
#include "core/quiz/check.h"
#include "core/quiz/practice/answer_log.h"
#include "core/quiz/practice/class_summary.h"
#include "core/quiz/print/exhibits.h"
#include "core/quiz/print/quiz_html.h"
#include "core/quiz/print/quiz_json.h"
#include "core/quiz/print/quiz_paper.h"
#include "core/quiz/templates/templates.h"
#include "tests/core/quiz/bank_formulas.h"
#include "tests/core/quiz/quiz_bench.h"

namespace convscope::quiz {
namespace {

using Json = nlohmann::json;

TEST(Quizzes, OneSeedGivesOneQuiz) {
  const lesson::Lesson lesson = testing::bundled("stride");
  const std::string quiz = quiz_json(lesson_quiz(lesson, 7, 12), testing::both());
  EXPECT_EQ(quiz, quiz_json(lesson_quiz(lesson, 7, 12), testing::both()));
  EXPECT_NE(quiz, quiz_json(lesson_quiz(lesson, 8, 12), testing::both()));
}

// Whether the question's input is that of some scene of the lesson.
bool is_from(const lesson::Lesson& lesson, const Question& question) {
  return std::ranges::any_of(lesson.scenes, [&](const lesson::Scene& scene) {
    return identical(scene.input.tensor(), question.scene.input.tensor());
  });
}

TEST(Quizzes, TheLessonsOwnNumbersComeFirst) {
  const lesson::Lesson lesson = testing::bundled("stride");
  const Quiz quiz = lesson_quiz(lesson, 7, 4);
  ASSERT_EQ(quiz.questions.size(), 4U);
  for (const Question& question : quiz.questions) {
    EXPECT_EQ(question.lesson, "stride");
    EXPECT_TRUE(is_from(lesson, question)) << question.template_id;
  }
}

// A handout prints the lesson's numbers above its questions.
TEST(Quizzes, OnPaperNoneHasTheLessonsOwnNumbers) {
  for (const lesson::Lesson& lesson : testing::all_bundled()) {
    const Quiz quiz = drawn_lesson_quiz(lesson, 0, templates_for(lesson).size());
    EXPECT_EQ(quiz.questions.size(), templates_for(lesson).size());
    for (const Question& question : quiz.questions) {
      // 13b asks about a one among zeros, which has no other numbers.
      EXPECT_FALSE(is_from(lesson, question) && question.template_id != "13b")
          << lesson.id << " " << question.template_id;
    }
  }
}

TEST(Quizzes, NoQuestionComesTwice) {
  const Quiz quiz = lesson_quiz(testing::bundled("stride"), 7, 30);
  std::set<std::string> texts;
  for (const Question& question : quiz.questions) {
    texts.insert(question_text(question, testing::english()) +
                 answer_text(question.right, testing::english()));
  }
  EXPECT_GT(texts.size(), 27U);
}

TEST(Quizzes, EveryBundledLessonHasOne) {
  for (const lesson::Lesson& lesson : testing::all_bundled()) {
    EXPECT_EQ(lesson_quiz(lesson, 1, 6).questions.size(), 6U) << lesson.id;
  }
}

TEST(Quizzes, AMixedQuizAsksEveryTemplate) {
  const Quiz quiz = mixed_quiz(3, 36);
  std::set<std::string> ids;
  for (const Question& question : quiz.questions) {
    ids.insert(question.template_id);
    EXPECT_FALSE(question.lesson.empty());
  }
  EXPECT_EQ(ids.size(), 36U);
}

// Questions from lessons agree with the bank, as drawn ones do.
TEST(Quizzes, LessonsQuestionsGiveTheBanksAnswers) {
  for (const lesson::Lesson& lesson : testing::all_bundled()) {
    for (const Question& question : lesson_quiz(lesson, 5, 12).questions) {
      const testing::Expected bank = testing::Bank(question).expected();
      EXPECT_TRUE(same_answer(question.right, bank.right))
          << lesson.id << " " << question.template_id << ": "
          << answer_text(question.right, testing::english()) << " for "
          << answer_text(bank.right, testing::english());
      for (const Wrong& wrong : question.wrong) {
        EXPECT_TRUE(std::ranges::any_of(bank.wrong,
                                        [&](const auto& other) {
                                          return other.first == wrong.code &&
                                                 same_answer(other.second, wrong.value);
                                        }))
            << lesson.id << " " << question.template_id << " " << wrong.code;
      }
    }
  }
}

TEST(QuizJson, HasTheDocumentedFormat) {
  const std::vector<lesson::Lesson> lessons = testing::all_bundled();
  const Quiz quiz = template_quiz(*find_template("4a"), lessons, 2, 5);
  const Json json = Json::parse(quiz_json(quiz, testing::both()));
  EXPECT_EQ(json.at("format"), 1);
  EXPECT_EQ(json.at("seed"), 2);
  ASSERT_EQ(json.at("questions").size(), 5U);
  for (const Json& question : json.at("questions")) {
    EXPECT_EQ(question.at("template"), "4a");
    EXPECT_EQ(question.at("concept"), 4);
    EXPECT_TRUE(question.at("lesson").is_string());
    EXPECT_EQ(question.at("scene").at("scenes").size(), 1U);
    EXPECT_NO_THROW(lesson::parse_lesson(question.at("scene").dump(), "q.json", testing::ramp));
    EXPECT_EQ(question.at("filter"), 0);
    EXPECT_EQ(question.at("position").size(), 2U);
    for (const char* name : {"i", "k", "s", "p"}) {
      EXPECT_TRUE(question.at("values").at(name).is_number_integer());
    }
    EXPECT_TRUE(question.at("text").at("en").is_string());
    EXPECT_TRUE(question.at("text").at("ru").is_string());
    const int i = question.at("values").at("i");
    const int k = question.at("values").at("k");
    const int s = question.at("values").at("s");
    const int p = question.at("values").at("p");
    int right = 0;
    for (const Json& option : question.at("options")) {
      if (option.contains("right")) {
        ++right;
        EXPECT_EQ(option.at("value"), (i + 2 * p - k) / s + 1);
        EXPECT_FALSE(option.contains("code"));
      } else {
        EXPECT_TRUE(is_misconception(option.at("code").get<std::string>()));
      }
    }
    EXPECT_EQ(right, 1);
  }
}

TEST(QuizJson, WordsAndListsAreAsInTheBank) {
  const std::vector<lesson::Lesson> lessons = testing::all_bundled();
  const auto first = [&](const char* id) {
    const Quiz quiz = template_quiz(*find_template(id), lessons, 2, 1);
    return Json::parse(quiz_json(quiz, testing::both())).at("questions").at(0);
  };
  const Json edge = first("11b");
  EXPECT_TRUE(edge.at("values").at("name").get<std::string>().starts_with("sobel"));
  std::set<std::string> words;
  for (const Json& option : edge.at("options")) {
    words.insert(option.at("value").get<std::string>());
    EXPECT_TRUE(option.at("text").at("ru").is_string());
  }
  EXPECT_EQ(words, (std::set<std::string>{"left dark, right bright", "left bright, right dark",
                                          "top dark, bottom bright", "top bright, bottom dark"}));
  EXPECT_TRUE(first("16a").at("values").at("L").at(0).is_array());
  EXPECT_TRUE(first("13a").at("values").at("flip").is_boolean());
  EXPECT_EQ(first("13b").at("options").at(0).at("value").size(), 3U);
  EXPECT_TRUE(first("7a").at("values").at("part").is_array());
}

TEST(QuizPaper, HasQuestionsAndAPageOfAnswers) {
  const Quiz quiz = lesson_quiz(testing::bundled("stride"), 7, 3);
  const std::string text = quiz_text(quiz, testing::english());
  const std::size_t page = text.find('\f');
  ASSERT_NE(page, std::string::npos);
  for (const Question& question : quiz.questions) {
    EXPECT_LT(text.find(question_text(question, testing::english())), page);
    for (const Option& option : question.options) {
      if (!option.right) {
        EXPECT_GT(text.find(testing::english().text(feedback_key(option.code))), page);
      }
    }
  }
  EXPECT_EQ(text.find("[quiz"), std::string::npos);  // how a missing text would appear
}

// Tags are properly nested.
void expect_well_formed(const std::string& html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const std::size_t end = html.find_first_of(" >", at);
    const std::string name = html.substr(at + 1, end - at - 1);
    if (name == "!DOCTYPE" || html[html.find('>', at) - 1] == '/') {
      continue;
    }
    if (name.starts_with('/')) {
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(open.back(), name.substr(1));
      open.pop_back();
    } else {
      open.push_back(name);
    }
  }
  EXPECT_TRUE(open.empty());
}

TEST(QuizPaper, HtmlIsAWholePage) {
  for (const lesson::Locale* locale : {&testing::english(), &testing::russian()}) {
    const std::string html = quiz_html(mixed_quiz(4, 36), *locale);
    expect_well_formed(html);
    EXPECT_TRUE(html.starts_with("<!DOCTYPE html>"));
    EXPECT_EQ(html.find("http"), std::string::npos);
    EXPECT_NE(html.find("<table>"), std::string::npos);
  }
}

lesson::Lesson one_scene(const std::string& scene) {
  return lesson::parse_lesson(
      R"({"format": 1, "id": "x", "title": "X", "scenes": [)" + scene + "]}", "x.json",
      testing::ramp);
}

// SAME pads 7 cells for two windows at stride 4, and for seven at stride 1.
TEST(QuizQuestions, AStrideIsNotAskedAboutWhereThePaddingDependsOnIt) {
  const lesson::Lesson lesson = one_scene(R"({"input": {"seed": 1, "shape": [1, 1, 7, 7]},
      "layers": [{"op": "conv2d", "weight": {"seed": 2, "shape": [1, 1, 5, 5]}, "stride": 4,
                  "padding": "same_tf"}]})");
  for (std::int64_t y = 0; y < 2; ++y) {
    for (std::int64_t x = 0; x < 2; ++x) {
      EXPECT_FALSE(question_at(*find_template("4b"), lesson.scenes.front(), {"x", 0, {0, y, x}}));
    }
  }
}

// A turned kernel's cell depends on the kernel's size, which the text doesn't say.
TEST(QuizPaper, AQuestionAboutTheWeightOnACellHasTheKernelsSize) {
  const Question question = drawn_question(*find_template("13a"), "", 1);
  const std::vector<Exhibit> exhibits = exhibits_of(question, testing::english());
  ASSERT_EQ(exhibits.size(), 1u);
  EXPECT_NE(exhibits.front().text.find("kernel_size=3"), std::string::npos);
}

// The bank asks it of depthwise-separable, whose layers have no bias.
TEST(QuizQuestions, ParametersAreAskedAboutALayerWithoutBiasAsIfItHadOne) {
  const lesson::Lesson lesson = testing::bundled("depthwise-separable");
  const auto question =
      question_at(*find_template("9a"), lesson.scenes.front(), {"depthwise-separable", 0, {}});
  ASSERT_TRUE(question);
  EXPECT_TRUE(question->scene.layers.front().spec.bias);
  EXPECT_EQ(question->right.numbers, std::vector<double>{168});  // (3·9 + 1)·6
  const auto no_bias = std::ranges::find(question->options, "NOBIAS", &Option::code);
  ASSERT_NE(no_bias, question->options.end());
  EXPECT_EQ(no_bias->value.numbers, std::vector<double>{162});
  EXPECT_GT(check_lesson(lesson, {}).questions, 0u);
}

TEST(QuizQuestions, NoShapeWithoutChannelsIsOffered) {
  const lesson::Lesson lesson = one_scene(R"({"input": {"seed": 1, "shape": [1, 1, 6, 6]},
      "layers": [{"op": "max_pool2d", "kernel_size": 2}]})");
  const auto question = question_at(*find_template("14b"), lesson.scenes.front(), {"x", 0, {}});
  ASSERT_TRUE(question);
  ASSERT_FALSE(question->wrong.empty());
  for (const Wrong& wrong : question->wrong) {
    EXPECT_GE(std::ranges::min(wrong.value.numbers), 1) << testing::text(wrong.value);
  }
}

// A checker may compare to nine digits, as the wrong answers are exact.
TEST(QuizQuestions, TheWeightAfterAStepIsNotRoundedToAFloat) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const Question question = drawn_question(*find_template("17b"), "", seed);
    const Values& v = question.values;
    const double exact = v.number("w0") - v.number("lr") * 2 / v.number("M") * v.number("G");
    EXPECT_NEAR(question.right.numbers.front(), exact, 1e-12);
  }
}

TEST(QuizQuestions, CountsHaveTheirPlurals) {
  const auto text = [](const char* id, const char* name, double value,
                       const lesson::Locale& locale) {
    Question question = drawn_question(*find_template(id), "", 1);
    question.values.put(name, value);
    return question_text(question, locale);
  };
  const auto has = [](const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
  };
  EXPECT_TRUE(has(text("8a", "K", 1, testing::english()), "1 filter "));
  EXPECT_TRUE(has(text("8a", "K", 3, testing::russian()), "3 фильтра "));
  EXPECT_TRUE(has(text("8a", "K", 21, testing::russian()), "21 фильтр "));
  EXPECT_TRUE(has(text("16b", "n", 32, testing::russian()), "32 пикселя,"));
  EXPECT_TRUE(has(text("17b", "M", 1, testing::english()), "1 square."));
  EXPECT_TRUE(has(text("5b", "i", 2, testing::russian()), "2 входа,"));
  EXPECT_TRUE(has(text("12b", "C", 2, testing::russian()), "2 канала."));
}

// No exhibit gives away the answer to its question.
TEST(QuizPaper, TensorFlowsZerosAreNotPrinted) {
  const std::string text = quiz_text(
      template_quiz(*find_template("5b"), std::vector{testing::bundled("valid-vs-same")}, 1, 1),
      testing::english());
  EXPECT_EQ(text.find("ConstantPad"), std::string::npos);
}

Verdict picked(const Question& question, bool right) {
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    if (question.options[i].right == right) {
      return grade_option(question, i);
    }
  }
  return {};
}

TEST(AnswerLog, LinesAreReadBack) {
  const Quiz quiz = lesson_quiz(testing::bundled("stride"), 7, 3);
  std::string text;
  std::vector<LogEntry> entries;
  for (const Question& question : quiz.questions) {
    entries.push_back(log_entry(question, picked(question, entries.size() == 1),
                                "2026-03-01T10:00:00", false, testing::english()));
    text += log_line(entries.back());
  }
  EXPECT_EQ(std::ranges::count(text, '\n'), 3);
  const AnswerLog log = read_log(text);
  EXPECT_EQ(log.broken, 0);
  ASSERT_EQ(log.entries.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(log.entries[i].template_id, entries[i].template_id);
    EXPECT_EQ(log.entries[i].right, i == 1);
    EXPECT_EQ(log.entries[i].misconception, entries[i].misconception);
    EXPECT_EQ(log.entries[i].misconception.empty(), i == 1);
    EXPECT_EQ(Json::parse(log.entries[i].settings), Json::parse(entries[i].settings));
    EXPECT_EQ(log.entries[i].option, entries[i].option);
    EXPECT_EQ(log.entries[i].time, "2026-03-01T10:00:00");
  }
}

TEST(AnswerLog, BrokenLinesAreSkippedAndCounted) {
  const AnswerLog log = read_log(
      "{\"template\": \"4a\", \"right\": false, \"misconception\": \"CEIL\"}\r\n"
      "\n"
      "{\"template\": \"4a\", \"rig\n"                // cut off
      "[1, 2]\n"                                      // not an object
      "{\"template\": \"99\", \"right\": true}\n"     // no such template
      "{\"template\": \"4a\", \"right\": \"yes\"}\n"  // not a boolean
      "{\"template\": \"4a\", \"right\": false, \"misconception\": \"NONE\"}\n"
      "\xff\xfe\n"
      "{\"template\": \"4b\", \"right\": true}");
  EXPECT_EQ(log.broken, 6);
  ASSERT_EQ(log.entries.size(), 2U);
  EXPECT_EQ(log.entries[0].misconception, "CEIL");
  EXPECT_EQ(log.entries[1].template_id, "4b");
}

TEST(AnswerLog, AClassIsCounted) {
  const auto line = [](const char* id, const char* code) {
    LogEntry entry;
    entry.template_id = id;
    entry.settings = "{}";
    entry.right = std::string(code).empty();
    entry.misconception = code;
    return log_line(entry);
  };
  const std::vector<AnswerLog> logs = {
      read_log(line("4a", "CEIL") + line("4a", "CEIL") + line("4b", "SWAP")),
      read_log(line("4a", "CEIL") + line("4a", "") + "broken\n"), read_log("")};
  const ClassSummary summary = summary_of(logs);
  EXPECT_EQ(summary.learners, 2) << "the third has answered nothing";
  EXPECT_EQ(summary.answers, 5);
  EXPECT_EQ(summary.right, 1);
  EXPECT_EQ(summary.broken, 1);
  EXPECT_EQ(summary.misconceptions,
            (std::vector<MisconceptionCount>{{"CEIL", 3, 2}, {"SWAP", 1, 1}}));
  EXPECT_EQ(summary.templates, (std::vector<TemplateCount>{{"4a", 4, 1}, {"4b", 1, 0}}));
}

TEST(Check, BundledLessonsHaveNoProblem) {
  std::vector<Exercise> exercises;
  for (const std::string& id : testing::names_in("exercises")) {
    exercises.push_back(testing::exercise(id));
  }
  std::size_t checked = 0;
  for (const lesson::Lesson& lesson : testing::all_bundled()) {
    const Check check = check_lesson(lesson, exercises);
    EXPECT_TRUE(check.problems.empty()) << lesson.id;
    checked += check.exercises;
  }
  EXPECT_EQ(checked, exercises.size());
}

TEST(Check, AnAnswerThatAWrongOptionEqualsIsFound) {
  Question question = drawn_question(*find_template("4a"), "", 1);
  EXPECT_TRUE(question_problems(question).empty());
  for (Option& option : question.options) {
    option.value = question.right;
  }
  EXPECT_EQ(question_problems(question).size(), 3U);
}

}  // namespace
}  // namespace convscope::quiz
