// The bank's exercises, and the language in which their goals are written.
#include "core/quiz/exercise/exercise.h"

#include <gtest/gtest.h>

#include "core/quiz/check.h"
#include "tests/core/quiz/quiz_bench.h"

namespace convscope::quiz {
namespace {

class Exercises : public ::testing::TestWithParam<std::string> {
 protected:
  const Exercise exercise_ = testing::exercise(GetParam());
};

TEST_P(Exercises, StartFailsSolutionPassesNearMissFails) {
  EXPECT_FALSE(meets_goal(exercise_, exercise_.start));
  EXPECT_FALSE(is_solved_by(exercise_, {exercise_.start}));
  EXPECT_TRUE(is_solved_by(exercise_, exercise_.solution));
  for (const lesson::Scene& other : exercise_.also_solved_by) {
    EXPECT_TRUE(is_solved_by(exercise_, {other}));
  }
  ASSERT_FALSE(exercise_.near_misses.empty());
  for (const lesson::Scene& miss : exercise_.near_misses) {
    EXPECT_FALSE(is_solved_by(exercise_, {miss}));
  }
  EXPECT_TRUE(exercise_problems(exercise_).empty());
}

TEST_P(Exercises, BelongToALessonAndAreInBothLanguages) {
  EXPECT_EQ(exercise_.id, GetParam());
  const auto lessons = testing::names_in("lessons");
  EXPECT_EQ(std::ranges::count(lessons, exercise_.lesson), 1);
  EXPECT_EQ(exercise_.hints.size(), 3U);
  std::vector<lesson::LocalizedText> texts = exercise_.hints;
  texts.push_back(exercise_.title);
  texts.push_back(exercise_.goal);
  for (const lesson::LocalizedText& text : texts) {
    EXPECT_EQ(text.by_language.size(), 2U);
    for (const auto& [language, words] : text.by_language) {
      EXPECT_FALSE(words.empty()) << language;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Bank, Exercises, ::testing::ValuesIn(testing::names_in("exercises")),
                         [](const auto& id) {
                           std::string name = id.param;
                           std::ranges::replace(name, '-', '_');
                           return "E" + name;
                         });

TEST(ExerciseSet, HasTwelveTwoOfThemExtra) {
  const auto ids = testing::names_in("exercises");
  EXPECT_EQ(ids.size(), 12U);
  EXPECT_EQ(
      std::ranges::count_if(ids, [](const std::string& id) { return testing::exercise(id).extra; }),
      2);
}

lesson::Scene with_weight(const Exercise& exercise, const Tensor& weight) {
  lesson::Scene scene = exercise.start;
  scene.layers.front().weight = inline_tensor(weight);
  return scene;
}

// Among the nine filters with a single 1, exactly one shifts to the right.
TEST(ExerciseSet, OnlyOneSingleWeightShiftsToTheRight) {
  const Exercise shift = testing::exercise("shift-the-picture");
  for (std::int64_t at = 0; at < 9; ++at) {
    std::vector<float> weight(9);
    weight[static_cast<std::size_t>(at)] = 1;
    EXPECT_EQ(meets_goal(shift, with_weight(shift, Tensor({1, 1, 3, 3}, weight))), at == 3) << at;
  }
}

// A white image shifts under any filter with sum 1; the hidden image does not.
TEST(ExerciseSet, AnEmptyPictureDoesNotHelp) {
  const Exercise shift = testing::exercise("shift-the-picture");
  lesson::Scene scene = shift.start;
  scene.input = inline_tensor(Tensor({1, 1, 6, 6}, std::vector<float>(36)));
  EXPECT_FALSE(meets_goal(shift, scene));
}

// All ten ways to get 140 parameters count, each once.
TEST(ExerciseSet, AllWaysTo140Count) {
  const Exercise exercise = testing::exercise("140-in-two-ways");
  ExerciseProgress progress;
  int ways = 0;
  for (std::int64_t filters = 1; filters <= 140; ++filters) {
    for (std::int64_t kh = 1; kh <= 46; ++kh) {
      for (std::int64_t kw = 1; kw <= 46; ++kw) {
        if ((3 * kh * kw + 1) * filters != 140) {
          continue;
        }
        ++ways;
        Draw draw(1);
        lesson::Scene scene = exercise.start;
        scene.layers.front() =
            drawn_layer({.c = 3, .filters = filters, .kh = kh, .kw = kw, .bias = true}, draw);
        progress = after_edit(exercise, progress, scene);
        progress = after_edit(exercise, progress, scene);
      }
    }
  }
  EXPECT_EQ(ways, 10);
  EXPECT_EQ(progress.found.size(), 10U);
  EXPECT_TRUE(is_solved(exercise, progress));
}

// Kernel 6 and 8 are even inside too; 5 and 7 are not.
TEST(ExerciseSet, EvenStampsAreThoseWhoseKernelTheStrideDivides) {
  const Exercise exercise = testing::exercise("no-checkerboard");
  for (std::int64_t k = 2; k <= 8; ++k) {
    lesson::Scene scene = exercise.start;
    conv::LayerSpec& spec = scene.layers.front().spec;
    spec.kernel_size = {k, k};
    // 2·3 + k - 2p + extra = 8
    const std::int64_t extra = k % 2;
    const std::int64_t p = (k - 2 + extra) / 2;
    spec.padding = conv::PaddingRule::kExplicit;
    spec.pads = {p, p, p, p};
    spec.output_padding = {extra, extra};
    scene.layers.front().weight =
        inline_tensor(Tensor({1, 1, k, k}, std::vector<float>(static_cast<std::size_t>(k * k), 1)));
    EXPECT_EQ(meets_goal(exercise, scene), k > 2 && k % 2 == 0) << k;
  }
}

TEST(ExerciseSet, HintsOpenOneByOne) {
  const Exercise exercise = testing::exercise("half-the-size");
  ExerciseProgress progress;
  for (std::size_t open = 1; open <= 3; ++open) {
    progress = with_next_hint(exercise, progress);
    EXPECT_EQ(progress.hints_open, open);
  }
  EXPECT_EQ(with_next_hint(exercise, progress).hints_open, 3U);
}

// A layer that can't run meets no goal.
TEST(ExerciseSet, ABrokenLayerIsNoSolution) {
  const Exercise exercise = testing::exercise("half-the-size");
  lesson::Scene scene = exercise.start;
  scene.layers.front().spec.stride = {0, 0};
  EXPECT_FALSE(meets_goal(exercise, scene));
  scene.layers.clear();
  EXPECT_FALSE(meets_goal(exercise, scene));
}

// An exercise file around one comparison, which is on line 5.
std::string file_with(const std::string& comparison) {
  return R"({"format": 1, "id": "x", "lesson": "stride", "title": "x", "goal": "x",
"start": {"input": {"values": [[1, 2, 3], [4, 5, 6], [7, 8, 9]]},
  "layers": [{"op": "conv2d", "weight": {"values": [[1, 0], [0, 1]]}}]},
"solved_when": [
  )" + comparison +
         R"(
],
"hints": ["a", "b", "c"], "solution": [{}], "near_misses": [{}]})";
}

bool holds_at_start(const std::string& comparison) {
  const Exercise exercise = parse_exercise(file_with(comparison), "x.json", lesson::LoadTensor());
  return meets_goal(exercise, exercise.start);
}

// The map is [[6, 8], [12, 14]].
TEST(ExerciseLanguage, Comparisons) {
  const std::pair<const char*, bool> cases[] = {
      {R"({"what": "map.size", "equals": [2, 2]})", true},
      {R"({"what": "map.size", "equals": [2, 3]})", false},
      {R"({"what": "map.size", "equals": 2})", true},
      {R"({"what": "input.size", "equals": "map.size"})", false},
      {R"({"what": "map", "at_least": 6})", true},
      {R"({"what": "map", "above": 6})", false},
      {R"({"what": "map", "at_most": 14})", true},
      {R"({"what": "map", "below": 14})", false},
      {R"({"what": {"of": "map", "take": "largest"}, "equals": 14})", true},
      {R"({"what": {"of": "map", "take": "smallest", "plus": 1}, "equals": 7})", true},
      {R"({"what": {"of": "map", "rows": [-1, -1], "columns": [0, 0]}, "equals": 12})", true},
      {R"({"what": {"of": "map", "rows": [0, 9]}, "at_least": 0})", false},
      {R"({"what": {"of": "map", "columns": [1, 1]}, "above": {"of": "map", "columns": [0, 0]}})",
       true},
      {R"({"what": "map.largest_at", "equals": [1, 1]})", true},
      {R"({"what": "layer.op", "is": "conv2d"})", true},
      {R"({"what": "layer.op", "is": "conv1d"})", false},
      {R"({"what": "layer.bias", "is": false})", true},
      {R"({"what": "layer.padding_is_number", "is": true})", false},
      {R"({"what": "training.loss", "below": 1})", false},
      {R"({"what": "target", "equals": "target"})", false},
      {R"({"what": "map", "equals": 10, "within": 4.5})", true},
      {R"({"what": "map", "equals": 10, "within": 4})", false},
      {R"({"what": "input", "equals": "start.input"})", true},
      {R"({"what": "map", "equals": "input"})", false},
      {R"({"what": "coverage", "at_least": 1})", true}};
  for (const auto& [comparison, expected] : cases) {
    EXPECT_EQ(holds_at_start(comparison), expected) << comparison;
  }
}

Problem problem_of(const std::string& comparison) {
  try {
    parse_exercise(file_with(comparison), "x.json", lesson::LoadTensor());
  } catch (const Failure& failure) {
    return failure.problem();
  }
  return {"none", "", {}};
}

TEST(ExerciseLanguage, AnUnknownWordIsNamedWithItsLine) {
  const Problem problem = problem_of(R"({"what": "layer.kernel", "equals": 3})");
  EXPECT_EQ(problem.code, "json_unknown_choice");
  const std::string sentence = testing::english().sentence(problem);
  EXPECT_NE(sentence.find("layer.kernel\""), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("line 5"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("layer.kernel_size"), std::string::npos) << sentence;
  EXPECT_EQ(problem_of(R"({"what": "map", "equals": "start.nothing"})").code,
            "json_unknown_choice");
}

TEST(ExerciseLanguage, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(problem_of(R"({"what": "map"})").code, "exercise_relation");
  EXPECT_EQ(problem_of(R"({"what": "map", "equals": 1, "above": 0})").code, "exercise_relation");
  EXPECT_EQ(problem_of(R"({"what": {"of": "map", "rows": [1]}, "equals": 1})").code,
            "exercise_span");
  EXPECT_EQ(problem_of(R"({"what": {"of": "map", "take": "mean"}, "equals": 1})").code,
            "json_unknown_choice");
  EXPECT_EQ(problem_of(R"({"what": "map", "equals": [1, "x"]})").code, "json_not_number");
  EXPECT_EQ(problem_of(R"({"holds_for": "map", "equals": 1})").code, "json_unknown_key");
  EXPECT_EQ(problem_of(R"({"equals": 1})").code, "json_missing_key");
}

// The start has none to replace.
TEST(ExerciseLanguage, AChangeMayAddATraining) {
  std::string file = file_with(R"({"what": "training.steps", "equals": 5})");
  const std::string unchanged = R"("solution": [{}])";
  file.replace(file.find(unchanged), unchanged.size(),
               R"("solution": [{"training": {"steps": 5}}])");
  const Exercise exercise = parse_exercise(file, "x.json", lesson::LoadTensor());
  EXPECT_FALSE(meets_goal(exercise, exercise.start));
  EXPECT_TRUE(is_solved_by(exercise, exercise.solution));
}

TEST(ExerciseLanguage, AMistakeInAChangeIsLocatedThere) {
  std::string file = file_with(R"({"what": "map", "equals": 1})");
  const std::string unchanged = R"("solution": [{}])";
  file.replace(file.find(unchanged), unchanged.size(),
               R"("solution": [{}, {"layer": {"stride": 0}}])");
  try {
    parse_exercise(file, "x.json", lesson::LoadTensor());
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().field, "solution[1].layer.stride");
    EXPECT_NE(testing::english().sentence(failure.problem()).find("solution[1].layer.stride"),
              std::string::npos);
  }
}

TEST(ExerciseCheck, TextsOfTheLessonsLanguagesAreNeeded) {
  const Exercise whole = testing::exercise("half-the-size");
  const auto fields = [](const Exercise& exercise) {
    std::vector<std::string> found;
    for (const Problem& problem : exercise_problems(exercise, {"en", "ru"})) {
      found.push_back(problem.code + " " + problem.field);
    }
    return found;
  };
  EXPECT_EQ(fields(whole), std::vector<std::string>());
  Exercise exercise = whole;
  exercise.goal.by_language.erase("ru");
  exercise.hints[1].by_language["en"] = " ";
  exercise.title.by_language.erase("ru");
  EXPECT_EQ(fields(exercise),
            (std::vector<std::string>{"exercise_text_missing title", "exercise_text_missing goal",
                                      "exercise_text_missing hints[1]"}));
}

TEST(ExerciseCheck, NamesWhatIsWrong) {
  Exercise exercise = testing::exercise("half-the-size");
  std::swap(exercise.start, exercise.solution.front());
  exercise.near_misses = {exercise.start};
  exercise.also_solved_by = {exercise.solution.front()};
  std::vector<std::string> codes;
  for (const Problem& problem : exercise_problems(exercise)) {
    codes.push_back(problem.code);
    EXPECT_EQ(testing::english().sentence(problem).find('{'), std::string::npos);
  }
  EXPECT_EQ(codes, (std::vector<std::string>{"exercise_start_passes", "exercise_solution_fails",
                                             "exercise_also_fails", "exercise_near_miss_passes"}));
}

}  // namespace
}  // namespace convscope::quiz
