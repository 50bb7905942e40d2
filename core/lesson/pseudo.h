// A language that nobody speaks: English texts, longer and in brackets. What has no brackets on the
// screen is not translated; what is cut would be cut in a language with longer words.
#pragma once

#include <string>
#include <string_view>

#include "core/lesson/lesson.h"
#include "core/lesson/locale.h"

namespace convscope::lesson {

// "[Save xx]": longer by two fifths. Values in braces stay as they are and don't count.
std::string pseudo_text(std::string_view text);

// Its texts; it says that it is English.
Locale pseudo_locale(const Locale& english);

// With its English texts so.
Lesson pseudo_lesson(const Lesson& lesson);

}  // namespace convscope::lesson
