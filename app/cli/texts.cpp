#include "app/cli/texts.h"

#include <algorithm>
#include <utility>

#include "app/files/bundled.h"
#include "core/lesson/pseudo.h"

namespace convscope::cli {

lesson::Locale locale_of(const Look& look) {
  lesson::Locale locale = files::bundled_locale(look.language);
  return look.pseudo ? lesson::pseudo_locale(locale) : locale;
}

lesson::Lesson told_in(const Look& look, lesson::Lesson lesson) {
  return look.pseudo ? lesson::pseudo_lesson(lesson) : std::move(lesson);
}

std::string in_one_line(std::string text) {
  std::ranges::replace_if(text, [](char letter) { return letter == '\n' || letter == '\r'; }, ' ');
  return text;
}

}  // namespace convscope::cli
