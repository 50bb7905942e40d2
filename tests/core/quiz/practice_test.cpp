// When questions come back, and how help fades.
#include "core/quiz/practice/practice.h"

#include <gtest/gtest.h>

#include <set>

#include "core/quiz/practice/fading.h"
#include "core/quiz/templates/templates.h"

namespace convscope::quiz {
namespace {

int concept_of(const std::string& id) { return find_template(id)->concept_number; }

TEST(Practice, AMistakeBringsTheOtherTemplateTwoOrThreeQuestionsLater) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Practice practice{.seed = seed};
    const std::string missed = next_question(practice).template_id;
    practice = after_answer(practice, false, false);
    std::vector<std::string> later;
    for (int i = 1; i <= 3; ++i) {
      later.push_back(next_question(practice).template_id);
      practice = after_answer(practice, true, false);
    }
    const bool second = later[1] != missed && concept_of(later[1]) == concept_of(missed);
    const bool third = later[2] != missed && concept_of(later[2]) == concept_of(missed);
    EXPECT_TRUE(second || third) << seed;
  }
}

TEST(Practice, MistakesInARowAllComeBackInTime) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Practice practice{.seed = seed};
    std::vector<std::string> asked;
    for (int i = 0; i < 20; ++i) {
      asked.push_back(next_question(practice).template_id);
      practice = after_answer(practice, i >= 4, false);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      const auto is_back = [&](std::size_t at) {
        return asked[at] != asked[i] && concept_of(asked[at]) == concept_of(asked[i]);
      };
      EXPECT_TRUE(is_back(i + 2) || is_back(i + 3)) << seed << " " << i;
    }
  }
}

TEST(Practice, ReturnsAskWithNewSettings) {
  Practice practice{.seed = 3, .concepts = {4}};
  std::set<std::uint64_t> seeds;
  for (int i = 0; i < 12; ++i) {
    seeds.insert(next_question(practice).seed);
    practice = after_answer(practice, i % 2 == 0, false);
  }
  EXPECT_EQ(seeds.size(), 12U);
}

TEST(Practice, AClassWithOneSeedGetsTheSameQuestions) {
  Practice a{.seed = 11};
  Practice b{.seed = 11};
  Practice other{.seed = 12};
  int different = 0;
  for (int i = 0; i < 40; ++i) {
    const Next next = next_question(a);
    EXPECT_EQ(next.template_id, next_question(b).template_id);
    EXPECT_EQ(next.seed, next_question(b).seed);
    different += next.template_id != next_question(other).template_id ? 1 : 0;
    const bool right = i % 3 != 0;
    a = after_answer(a, right, false);
    b = after_answer(b, right, false);
    other = after_answer(other, right, false);
  }
  EXPECT_EQ(a, b);
  EXPECT_GT(different, 0);
}

TEST(Practice, EverythingIsAskedBeforeAnythingComesAgain) {
  Practice practice{.seed = 5};
  std::set<std::string> asked;
  for (int i = 0; i < 36; ++i) {
    asked.insert(next_question(practice).template_id);
    practice = after_answer(practice, true, false);
  }
  EXPECT_EQ(asked.size(), 36U);
  EXPECT_FALSE(next_question(practice).template_id.empty());  // and it continues
}

TEST(Practice, KeepsToItsConcepts) {
  Practice practice{.seed = 5, .concepts = {2, 15}};
  for (int i = 0; i < 30; ++i) {
    const int asked = concept_of(next_question(practice).template_id);
    EXPECT_TRUE(asked == 2 || asked == 15);
    practice = after_answer(practice, i % 4 != 0, false);
  }
}

TEST(Practice, AConceptIsLearnedAfterOneRightAnswerToEachTemplateWithoutHints) {
  const Outcome a = {"4a", true, false};
  const Outcome hinted = {"4b", true, true};
  const Outcome wrong = {"4b", false, false};
  const Outcome b = {"4b", true, false};
  EXPECT_FALSE(is_held(std::vector{a}, 4));
  EXPECT_FALSE(is_held(std::vector{a, hinted}, 4));
  EXPECT_FALSE(is_held(std::vector{a, wrong}, 4));
  EXPECT_TRUE(is_held(std::vector{a, wrong, b}, 4));
  EXPECT_FALSE(is_held(std::vector{a, b}, 5));
  EXPECT_FALSE(is_held(std::vector<Outcome>{}, 4));
  EXPECT_FALSE(is_held(std::vector{a, b}, 99));
  // Concept 2 has three.
  EXPECT_FALSE(is_held(std::vector<Outcome>{{"2a", true, false}, {"2b", true, false}}, 2));
}

TEST(Fading, HelpFadesAsAnswersAreRight) {
  std::vector<Outcome> history;
  EXPECT_EQ(fading_level(history, 1), 0);
  history.assign(2, {"1a", true, false});
  EXPECT_EQ(fading_level(history, 1), 2);
  EXPECT_EQ(fading_level(history, 3), 0);
  history.push_back({"1b", true, true});
  EXPECT_EQ(fading_level(history, 1), 3);  // with the help that fades
  history.push_back({"1b", false, true});
  EXPECT_EQ(fading_level(history, 1), 2);
  history.assign(9, {"1a", true, false});
  EXPECT_EQ(fading_level(history, 1), kFullyFaded);
  history.assign(9, {"1a", false, false});
  EXPECT_EQ(fading_level(history, 1), 0);
}

TEST(Fading, BlanksGrowWithTheLevel) {
  EXPECT_EQ(blank_count(0, 9), 0);
  EXPECT_EQ(blank_count(1, 9), 3);
  EXPECT_EQ(blank_count(2, 9), 5);
  EXPECT_EQ(blank_count(3, 9), 7);
  EXPECT_EQ(blank_count(4, 9), 9);
  EXPECT_EQ(blank_count(1, 1), 1);
  EXPECT_EQ(blank_count(99, 9), 9);
  EXPECT_EQ(blank_count(-1, 9), 0);
}

}  // namespace
}  // namespace convscope::quiz
