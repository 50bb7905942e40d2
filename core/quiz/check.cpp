#include "core/quiz/check.h"

#include <algorithm>
#include <cstdint>

#include "core/quiz/quiz.h"
#include "core/quiz/templates/templates.h"

namespace convscope::quiz {
namespace {

std::int64_t number(std::size_t index) { return static_cast<std::int64_t>(index) + 1; }

void append(std::vector<Problem>& all, std::vector<Problem> more) {
  all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

std::vector<Problem> question_problems(const Question& question) {
  std::vector<Problem> found;
  for (const Option& option : question.options) {
    if (!option.right && same_answer(option.value, question.right)) {
      found.push_back(Problem{"question_answer_coincides",
                              "",
                              {{"template", question.template_id}, {"code", option.code}}});
    }
  }
  return found;
}

std::vector<Problem> exercise_problems(const Exercise& exercise) {
  std::vector<Problem> found;
  if (is_solved_by(exercise, {exercise.start})) {
    found.push_back(Problem{"exercise_start_passes", "", {{"id", exercise.id}}});
  }
  if (!is_solved_by(exercise, exercise.solution)) {
    found.push_back(Problem{"exercise_solution_fails", "", {{"id", exercise.id}}});
  }
  for (std::size_t i = 0; i < exercise.also_solved_by.size(); ++i) {
    if (!is_solved_by(exercise, {exercise.also_solved_by[i]})) {
      found.push_back(
          Problem{"exercise_also_fails", "", {{"id", exercise.id}, {"number", number(i)}}});
    }
  }
  for (std::size_t i = 0; i < exercise.near_misses.size(); ++i) {
    if (meets_goal(exercise, exercise.near_misses[i])) {
      found.push_back(
          Problem{"exercise_near_miss_passes", "", {{"id", exercise.id}, {"number", number(i)}}});
    }
  }
  return found;
}

Check check_lesson(const lesson::Lesson& lesson, std::span<const Exercise> exercises) {
  Check check;
  for (const Template* asked : templates_for(lesson)) {
    for (std::size_t s = 0; s < lesson.scenes.size(); ++s) {
      const Place place = {lesson.id, static_cast<std::int64_t>(s), {}};
      if (const auto question = question_at(*asked, lesson.scenes[s], place)) {
        ++check.questions;
        append(check.problems, question_problems(*question));
      }
    }
  }
  for (const std::string& id : lesson.questions) {
    if (find_template(id) == nullptr) {
      check.problems.push_back(Problem{"attached_question_unknown", "questions", {{"id", id}}});
    }
  }
  for (const std::string& id : lesson.exercises) {
    if (std::ranges::find(exercises, id, &Exercise::id) == exercises.end()) {
      check.problems.push_back(Problem{"attached_exercise_unknown", "exercises", {{"id", id}}});
    }
  }
  for (const Exercise& exercise : exercises) {
    if (belongs_to(exercise, lesson)) {
      ++check.exercises;
      append(check.problems, exercise_problems(exercise));
    }
  }
  return check;
}

}  // namespace convscope::quiz
