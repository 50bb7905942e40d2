// Convscope: a convolution, made visible.
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "app/cli/program.h"
#include "core/lesson/locale.h"

namespace {

// In POSIX order: the first variable that is set wins.
convscope::lesson::Language environment_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') {
      return convscope::lesson::language_from_code(value);
    }
  }
  return convscope::lesson::Language::kEnglish;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return convscope::cli::run_program(arguments, environment_language(), std::cout, std::cerr);
}
