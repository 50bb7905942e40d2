// The fronts about questions and exercises, each in the file of its name. They throw Failure.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "app/cli/command_line.h"

namespace convscope::cli {

namespace command {
struct Quiz {
  enum class Format { kText, kHtml, kJson };
  std::string lesson;  // as `run` takes it, or "all"
  std::uint64_t seed = 0;
  std::int64_t count = 10;
  std::optional<std::string> template_id;  // of this one alone
  Format format = Format::kText;
};
struct Check {
  std::string lesson;
};
}  // namespace command

// Prints the same questions for the same seed, without a window.
void print_quiz(const command::Quiz& what, const Look& look, std::ostream& out);

// Prints what is wrong with a lesson's questions and exercises, a line each, or that nothing is.
// Returns the exit status.
int check_lesson(const command::Check& what, const Look& look, std::ostream& out);

}  // namespace convscope::cli
