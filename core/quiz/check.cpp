#include "core/quiz/check.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "core/lesson/text_problems.h"
#include "core/quiz/quiz.h"
#include "core/quiz/templates/templates.h"

namespace convscope::quiz {
namespace {

std::int64_t number(std::size_t index) { return static_cast<std::int64_t>(index) + 1; }

void append(std::vector<Problem>& all, std::vector<Problem> more) {
  all.insert(all.end(), more.begin(), more.end());
}

std::vector<lesson::PlacedText> texts_of(const Exercise& exercise) {
  std::vector<lesson::PlacedText> texts = lesson::texts_of(exercise.start, "start");
  texts.push_back({exercise.title, "title"});
  texts.push_back({exercise.goal, "goal"});
  for (std::size_t i = 0; i < exercise.hints.size(); ++i) {
    texts.push_back({exercise.hints[i], "hints[" + std::to_string(i) + "]"});
  }
  return texts;
}

void find_missing_texts(const Exercise& exercise, std::set<std::string> languages,
                        std::vector<Problem>& found) {
  const std::vector<lesson::PlacedText> texts = texts_of(exercise);
  languages.merge(lesson::languages_of(texts));
  for (const auto& [text, path] : texts) {
    for (const std::string& language : languages) {
      if (!text.by_language.empty() && !lesson::has_words(text, language)) {
        found.push_back(Problem{"exercise_text_missing",
                                path,
                                {{"id", exercise.id}, {"path", path}, {"language", language}}});
      }
    }
  }
}

// The places in the list at which an id stands for the second time.
std::vector<std::size_t> second_places(const std::vector<std::string>& ids) {
  std::map<std::string_view, int> counts;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (++counts[ids[i]] == 2) {
      places.push_back(i);
    }
  }
  return places;
}

// Unknown, doubled, or about layers that the lesson doesn't have.
void find_attached(const lesson::Lesson& lesson, std::span<const Exercise> exercises,
                   const std::set<std::string>& asked, std::vector<Problem>& found) {
  const std::vector<std::string>& questions = lesson.questions;
  const auto question = [&](std::size_t i, const char* code) {
    found.push_back({code, "questions[" + std::to_string(i) + "]", {{"id", questions[i]}}});
  };
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (find_template(questions[i]) == nullptr) {
      question(i, "attached_question_unknown");
    } else if (!asked.contains(questions[i])) {
      question(i, "attached_question_never_fits");
    }
  }
  for (const std::size_t i : second_places(questions)) {
    question(i, "attached_question_twice");
  }
  const std::vector<std::string>& attached = lesson.exercises;
  const auto exercise = [&](std::size_t i, const char* code) {
    found.push_back({code, "exercises[" + std::to_string(i) + "]", {{"id", attached[i]}}});
  };
  for (std::size_t i = 0; i < attached.size(); ++i) {
    if (std::ranges::find(exercises, attached[i], &Exercise::id) == exercises.end()) {
      exercise(i, "attached_exercise_unknown");
    }
  }
  for (const std::size_t i : second_places(attached)) {
    exercise(i, "attached_exercise_twice");
  }
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

std::vector<Problem> exercise_problems(const Exercise& exercise, std::set<std::string> languages) {
  std::vector<Problem> found;
  find_missing_texts(exercise, std::move(languages), found);
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

std::vector<Problem> exercise_set_problems(std::span<const Exercise> exercises,
                                           const std::set<std::string>& lessons) {
  std::vector<Problem> found;
  std::vector<std::string> ids;
  for (const Exercise& exercise : exercises) {
    ids.push_back(exercise.id);
    if (!lessons.contains(exercise.lesson)) {
      found.push_back(Problem{
          "exercise_lesson_unknown", "lesson", {{"id", exercise.id}, {"lesson", exercise.lesson}}});
    }
  }
  for (const std::size_t i : second_places(ids)) {
    found.push_back(Problem{"exercise_id_twice", "id", {{"id", ids[i]}}});
  }
  return found;
}

Check check_lesson(const lesson::Lesson& lesson, std::span<const Exercise> exercises) {
  Check check;
  std::set<std::string> fitting;
  for (const Template* asked : templates_for(lesson)) {
    for (std::size_t s = 0; s < lesson.scenes.size(); ++s) {
      const Place place = {lesson.id, static_cast<std::int64_t>(s), {}};
      if (const auto question = question_at(*asked, lesson.scenes[s], place)) {
        ++check.questions;
        fitting.emplace(asked->id);
        append(check.problems, question_problems(*question));
      }
    }
  }
  find_attached(lesson, exercises, fitting, check.problems);
  const std::set<std::string> languages = lesson::languages_of(lesson::texts_of(lesson));
  for (const Exercise& exercise : exercises) {
    if (belongs_to(exercise, lesson)) {
      ++check.exercises;
      append(check.problems, exercise_problems(exercise, languages));
    }
  }
  return check;
}

}  // namespace convscope::quiz
