#include "app/cli/texts.h"

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

}  // namespace convscope::cli
