// Every template, over many seeds, compared with the bank's formulas.
#include "core/quiz/templates/templates.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/conv/forward.h"
#include "core/quiz/answer/misconception.h"
#include "tests/core/quiz/bank_formulas.h"
#include "tests/core/quiz/quiz_bench.h"

namespace convscope::quiz {
namespace {

using testing::text;

constexpr std::uint64_t kSeeds = 200;

std::vector<std::string> all_ids() {
  std::vector<std::string> ids;
  for (const Template* each : all_templates()) {
    ids.emplace_back(each->id);
  }
  return ids;
}

// As in the bank: the right answer, and the wrong ones that differ from it and from earlier ones.
void expect_as_in_the_bank(const Question& question) {
  const testing::Expected bank = testing::Bank(question).expected();
  EXPECT_TRUE(same_answer(question.right, bank.right))
      << text(question.right) << " for " << text(bank.right);
  std::vector<Wrong> wrong;
  for (const auto& [code, value] : bank.wrong) {
    const auto same = [&](const Wrong& other) { return same_answer(other.value, value); };
    const bool shape = find_template(question.template_id)->asked == Asked::kShape;
    if (shape && std::ranges::any_of(value.numbers, [](double side) { return side < 1; })) {
      continue;  // no layer gives it
    }
    if (!same_answer(value, bank.right) && std::ranges::none_of(wrong, same)) {
      wrong.push_back({code, value, std::nullopt});
    }
  }
  ASSERT_EQ(question.wrong.size(), wrong.size());
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    EXPECT_EQ(question.wrong[i].code, wrong[i].code);
    EXPECT_TRUE(same_answer(question.wrong[i].value, wrong[i].value))
        << wrong[i].code << ": " << text(question.wrong[i].value) << " for "
        << text(wrong[i].value);
  }
}

// One right option, as many options as the template allows, all different.
void expect_sound_options(const Question& question) {
  const std::size_t most = find_template(question.template_id)->most_wrong;
  ASSERT_EQ(question.options.size(), 1 + std::min(most, question.wrong.size()));
  int right = 0;
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    right += question.options[i].right ? 1 : 0;
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(same_answer(question.options[i].value, question.options[j].value));
    }
  }
  EXPECT_EQ(right, 1);
}

class Templates : public ::testing::TestWithParam<std::string> {
 protected:
  const Template& asked_ = *find_template(GetParam());
};

TEST_P(Templates, GiveTheBanksAnswers) {
  std::set<std::string> texts;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    SCOPED_TRACE(seed);
    const Question question = drawn_question(asked_, "", seed);
    texts.insert(question_text(question, testing::english()) + text(question.right));
    ASSERT_GE(question.wrong.size(), asked_.most_wrong);
    expect_as_in_the_bank(question);
    expect_sound_options(question);
    if (HasFailure()) {
      return;
    }
  }
  EXPECT_GT(texts.size(), asked_.id == "9b" ? 0U : 3U);
}

// A wrong answer given by a computation is the result of that computation.
TEST_P(Templates, WrongComputationsGiveTheWrongAnswers) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Question question = drawn_question(asked_, "", seed);
    for (const Wrong& wrong : question.wrong) {
      if (!wrong.computation) {
        continue;
      }
      const WrongComputation& c = *wrong.computation;
      ASSERT_TRUE(conv::problems(c.spec, c.input.shape()).empty()) << wrong.code;
      const Tensor map = map_of(c);
      SCOPED_TRACE(wrong.code);
      const std::string& id = question.template_id;
      if (id == "4a" || id == "15a") {
        EXPECT_EQ(static_cast<double>(map.shape().w), wrong.value.numbers.front());
      } else if (id == "14b") {
        EXPECT_EQ(static_cast<double>(map.shape().w), wrong.value.numbers.back());
      } else if (wrong.value.kind == Answer::Kind::kMap) {
        const std::vector<double> values(map.values().begin(), map.values().end());
        EXPECT_EQ(values, wrong.value.numbers);
      } else if (id == "1a" || id == "7a" || id == "14a") {
        EXPECT_NEAR(static_cast<double>(map.at(c.at)), wrong.value.numbers.front(), 1e-4);
      }
    }
  }
}

// A scene written to a file and read back gives the same numbers.
TEST_P(Templates, ScenesAreLessonsThatCanBeRead) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Question question = drawn_question(asked_, "", seed);
    const std::string json = lesson::lesson_json(scene_lesson(question, testing::both()));
    const lesson::Lesson read = lesson::parse_lesson(json, "question.json", lesson::LoadTensor());
    ASSERT_EQ(read.scenes.size(), 1U);
    EXPECT_TRUE(identical(read.scenes.front()->input.tensor(), question.scene.input.tensor()));
    EXPECT_EQ(read.scenes.front()->layers.size(), question.scene.layers.size());
    EXPECT_TRUE(can_run(read.scenes.front()));
  }
}

TEST_P(Templates, TextsHaveAllTheirNumbers) {
  const Question question = drawn_question(asked_, "", 1);
  for (const lesson::Locale* locale : {&testing::english(), &testing::russian()}) {
    const std::string sentence = question_text(question, *locale);
    EXPECT_EQ(sentence.find_first_of("{}"), std::string::npos) << sentence;
    EXPECT_TRUE(sentence.ends_with('?')) << sentence;
  }
}

TEST_P(Templates, AreTheSameForTheSameSeed) {
  const Question a = drawn_question(asked_, "stride", 5);
  const Question b = drawn_question(asked_, "stride", 5);
  EXPECT_EQ(a.values, b.values);
  ASSERT_EQ(a.options.size(), b.options.size());
  for (std::size_t i = 0; i < a.options.size(); ++i) {
    EXPECT_TRUE(same_answer(a.options[i].value, b.options[i].value));
    EXPECT_EQ(a.options[i].code, b.options[i].code);
  }
}

// Percentage of the settings accepted by the guard with at least 3, 2, 1 different wrong answers.
struct Shares {
  int three;
  int two;
  int one;
};

// As stated in the bank.
const std::map<std::string, Shares> kShares = {
    {"1a", {100, 100, 100}}, {"1b", {78, 99, 100}},    {"2a", {30, 72, 100}},
    {"2b", {0, 100, 100}},   {"2c", {31, 100, 100}},   {"3a", {100, 100, 100}},
    {"3b", {100, 100, 100}}, {"4a", {97, 100, 100}},   {"4b", {100, 100, 100}},
    {"5a", {100, 100, 100}}, {"5b", {79, 100, 100}},   {"6a", {100, 100, 100}},
    {"6b", {64, 100, 100}},  {"7a", {92, 99, 100}},    {"7b", {94, 100, 100}},
    {"8a", {85, 99, 100}},   {"8b", {100, 100, 100}},  {"9a", {92, 100, 100}},
    {"9b", {100, 100, 100}}, {"10a", {100, 100, 100}}, {"10b", {100, 100, 100}},
    {"11a", {79, 100, 100}}, {"11b", {100, 100, 100}}, {"12a", {93, 100, 100}},
    {"12b", {72, 100, 100}}, {"13a", {35, 100, 100}},  {"13b", {100, 100, 100}},
    {"14a", {88, 100, 100}}, {"14b", {100, 100, 100}}, {"15a", {93, 100, 100}},
    {"15b", {80, 100, 100}}, {"15c", {0, 100, 100}},   {"16a", {96, 100, 100}},
    {"16b", {83, 97, 99}},   {"17a", {0, 38, 100}},    {"17b", {92, 95, 100}}};

TEST_P(Templates, SettingsTellTheAnswersApartAsOftenAsInTheBank) {
  constexpr int kSettings = 600;
  constexpr double kTolerance = 12;  // percent: our settings are drawn from other ranges
  Draw draw(7);
  int settings = 0;
  double counts[4] = {};
  for (int tries = 0; settings < kSettings; ++tries) {
    ASSERT_LT(tries, 100 * kSettings);
    if (const auto setting = drawn_setting(asked_, draw)) {
      ++settings;
      const std::size_t wrong = wrong_answers(asked_, *setting).size();
      for (std::size_t least = 1; least <= std::min<std::size_t>(wrong, 3); ++least) {
        counts[least] += 100.0 / kSettings;
      }
    }
  }
  const Shares& bank = kShares.at(GetParam());
  EXPECT_NEAR(counts[3], bank.three, kTolerance);
  EXPECT_NEAR(counts[2], bank.two, kTolerance);
  EXPECT_NEAR(counts[1], bank.one, kTolerance);
}

INSTANTIATE_TEST_SUITE_P(Bank, Templates, ::testing::ValuesIn(all_ids()),
                         [](const auto& id) { return "T" + id.param; });

TEST(TemplateTable, HasThirtySixOfSeventeenConcepts) {
  EXPECT_EQ(all_templates().size(), 36U);
  for (int concept_number = 1; concept_number <= kConcepts; ++concept_number) {
    EXPECT_GE(templates_of(concept_number).size(), 2U) << concept_number;
  }
  EXPECT_EQ(find_template("99z"), nullptr);
}

TEST(TemplateTable, NamesKnownMisconceptionsAndUsesAllOfThem) {
  std::set<std::string_view> used;
  for (const Template* each : all_templates()) {
    for (const Distractor& distractor : each->distractors) {
      EXPECT_TRUE(is_misconception(distractor.code)) << distractor.code;
      used.insert(distractor.code);
    }
  }
  for (const std::string_view code : misconceptions()) {
    EXPECT_TRUE(used.contains(code)) << code;
  }
  EXPECT_EQ(misconceptions().size(), 103U);
}

TEST(TemplateTable, EveryMisconceptionHasItsSentence) {
  for (const std::string_view code : misconceptions()) {
    for (const lesson::Locale* locale : {&testing::english(), &testing::russian()}) {
      ASSERT_TRUE(locale->has(feedback_key(code))) << code;
      EXPECT_TRUE(locale->text(feedback_key(code)).ends_with('.')) << code;
    }
  }
}

}  // namespace
}  // namespace convscope::quiz
