// What this program is and what it was built with.
#pragma once

#include <string>

namespace convscope::cli {

// "0.1.0": CMakeLists.txt has it.
std::string version_number();

// What --version prints: the number, then the compiler and the libraries, one a line.
std::string version_text();

}  // namespace convscope::cli
