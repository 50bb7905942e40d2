#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "app/cli/front.h"
#include "app/cli/texts.h"
#include "app/files/exercise_file.h"
#include "app/files/lesson_file.h"
#include "core/lesson/text_problems.h"
#include "core/quiz/check.h"

namespace convscope::cli {
namespace {

std::set<std::string> known_lessons(const lesson::Lesson& own) {
  std::set<std::string> ids = {own.id};
  for (const std::string& id : files::bundled_lesson_ids()) {
    ids.insert(id);
  }
  return ids;
}

// With its place in the file, if the sentence doesn't name it.
std::string line_of(const Problem& problem, const lesson::Locale& locale) {
  const std::string sentence = locale.sentence(problem);
  const bool placed = sentence.find(problem.field) != std::string::npos;  // an empty one is found
  return placed ? sentence : problem.field + ": " + sentence;
}

}  // namespace

int check_lesson(const command::Check& what, const Look& look, std::ostream& out) {
  const lesson::Locale locale = locale_of(look);
  const lesson::Lesson lesson = files::open_lesson(what.lesson);
  const std::vector<quiz::Exercise> exercises = files::bundled_exercises();
  const quiz::Check check = quiz::check_lesson(lesson, exercises);
  const std::vector<Problem> together =
      quiz::exercise_set_problems(exercises, known_lessons(lesson));
  std::vector<Problem> problems = lesson::text_problems(lesson);
  problems.insert(problems.end(), check.problems.begin(), check.problems.end());
  problems.insert(problems.end(), together.begin(), together.end());
  for (const Problem& problem : problems) {
    out << line_of(problem, locale) << "\n";
  }
  if (!problems.empty()) {
    return 1;
  }
  out << locale.text("cli.no_problem", {{"questions", static_cast<std::int64_t>(check.questions)},
                                        {"exercises", static_cast<std::int64_t>(check.exercises)}})
      << "\n";
  return 0;
}

}  // namespace convscope::cli
