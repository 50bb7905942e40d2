// The manual page, generated from the same tables as the help.
#pragma once

#include <string>

#include "app/cli/syntax.h"

namespace convscope::cli {

// In roff format, for man(1).
std::string manual_page(const Syntax& syntax);

}  // namespace convscope::cli
