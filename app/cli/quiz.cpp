#include <ostream>
#include <vector>

#include "app/cli/front.h"
#include "app/cli/texts.h"
#include "app/files/bundled.h"
#include "app/files/lesson_file.h"
#include "core/quiz/print/quiz_html.h"
#include "core/quiz/print/quiz_json.h"
#include "core/quiz/print/quiz_paper.h"
#include "core/quiz/quiz.h"

namespace convscope::cli {
namespace {

std::vector<lesson::Lesson> lessons_of(const std::string& what) {
  if (what != kAllLessons) {
    return {files::open_lesson(what)};
  }
  std::vector<lesson::Lesson> lessons;
  for (const std::string& id : files::bundled_lesson_ids()) {
    lessons.push_back(files::open_lesson(id));
  }
  return lessons;
}

quiz::Quiz quiz_of(const command::Quiz& what) {
  // The window's quiz of all concepts, question by question: it may not depend on what is bundled.
  if (what.lesson == kAllLessons && what.template_only == nullptr) {
    return quiz::mixed_quiz(what.seed, what.count);
  }
  const std::vector<lesson::Lesson> lessons = lessons_of(what.lesson);
  if (what.template_only != nullptr) {
    return quiz::template_quiz(*what.template_only, lessons, what.seed, what.count);
  }
  return quiz::lesson_quiz(lessons.front(), what.seed, what.count);
}

}  // namespace

void print_quiz(const command::Quiz& what, const Look& look, std::ostream& out) {
  const quiz::Quiz quiz = quiz_of(what);
  if (quiz.questions.empty()) {
    throw Failure({"quiz_empty", "", {{"lesson", what.lesson}}});
  }
  switch (what.format) {
    case command::Quiz::Format::kText:
      out << quiz::quiz_text(quiz, locale_of(look));
      break;
    case command::Quiz::Format::kHtml:
      out << quiz::quiz_html(quiz, locale_of(look));
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
