#include "app/cli/quiz.h"

#include <ostream>
#include <vector>

#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "core/quiz/quiz_json.h"
#include "core/quiz/quiz_paper.h"
#include "core/quiz/templates.h"

namespace convscope::cli {
namespace {

std::vector<lesson::Lesson> lessons_of(const std::string& what) {
  if (what != "all") {
    return {files::open_lesson(what)};
  }
  std::vector<lesson::Lesson> lessons;
  for (const std::string& id : files::bundled_lesson_ids()) {
    lessons.push_back(files::open_lesson(id));
  }
  return lessons;
}

quiz::Quiz quiz_of(const command::Quiz& what) {
  const std::vector<lesson::Lesson> lessons = lessons_of(what.lesson);
  const auto count = static_cast<std::size_t>(what.count);
  if (what.template_id) {
    const quiz::Template* asked = quiz::find_template(*what.template_id);
    if (asked == nullptr) {
      throw Failure({"usage_template", "--template", {{"value", *what.template_id}}});
    }
    return quiz::template_quiz(*asked, lessons, what.seed, count);
  }
  return what.lesson == "all" ? quiz::mixed_quiz(lessons, what.seed, count)
                              : quiz::lesson_quiz(lessons.front(), what.seed, count);
}

}  // namespace

void print_quiz(const command::Quiz& what, const Look& look, std::ostream& out) {
  const quiz::Quiz quiz = quiz_of(what);
  switch (what.format) {
    case command::Quiz::Format::kText:
      out << quiz::quiz_text(quiz, files::bundled_locale(look.language));
      break;
    case command::Quiz::Format::kHtml:
      out << quiz::quiz_html(quiz, files::bundled_locale(look.language));
      break;
    case command::Quiz::Format::kJson: {
      const lesson::Locale english = files::bundled_locale(lesson::Language::kEnglish);
      const lesson::Locale russian = files::bundled_locale(lesson::Language::kRussian);
      out << quiz::quiz_json(quiz, {english, russian});
      break;
    }
  }
}

}  // namespace convscope::cli
