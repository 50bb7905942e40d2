// The texts of the language that the command line asks for.
#pragma once

#include "app/cli/command_line.h"
#include "core/lesson/locale.h"

namespace convscope::cli {

lesson::Locale locale_of(const Look& look);

// The lesson with its texts in that language, if it is one that is made of another.
lesson::Lesson told_in(const Look& look, lesson::Lesson lesson);

}  // namespace convscope::cli
