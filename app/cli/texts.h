// The texts of the language that the command line asks for.
#pragma once

#include <string>

#include "app/cli/command_line.h"
#include "core/lesson/locale.h"

namespace convscope::cli {

lesson::Locale locale_of(const Look& look);

// The lesson with its texts in that language, if it is one that is made of another.
lesson::Lesson told_in(const Look& look, lesson::Lesson lesson);

// Keeps a message on one line, even with line breaks in a file name.
std::string in_one_line(std::string text);

}  // namespace convscope::cli
