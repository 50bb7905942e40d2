// The version of this program and what it was built with.
#pragma once

#include <string>

namespace convscope::cli {

// "0.1.0", from CMakeLists.txt.
std::string version_number();

// The output of --version: the number, then the compiler and the libraries, one per line.
std::string version_text();

}  // namespace convscope::cli
