#include <ostream>

#include "app/cli/front.h"
#include "app/files/bundled.h"
#include "app/files/exercise_file.h"
#include "app/files/lesson_file.h"
#include "core/quiz/check.h"

namespace convscope::cli {

int check_lesson(const command::Check& what, const Look& look, std::ostream& out) {
  const lesson::Locale locale = files::bundled_locale(look.language);
  const quiz::Check check =
      quiz::check_lesson(files::open_lesson(what.lesson), files::bundled_exercises());
  for (const Problem& problem : check.problems) {
    out << locale.sentence(problem) << "\n";
  }
  if (!check.problems.empty()) {
    return 1;
  }
  out << locale.text("cli.no_problem", {{"questions", static_cast<std::int64_t>(check.questions)},
                                        {"exercises", static_cast<std::int64_t>(check.exercises)}})
      << "\n";
  return 0;
}

}  // namespace convscope::cli
