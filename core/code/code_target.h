// What a scene can be taken away as: a table of targets, each with its writer in a file of its own.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/code/plan.h"

namespace convscope::code {

struct CodeTarget {
  std::string_view word;    // on the command line
  std::string_view ending;  // of its files
  std::string_view name;    // a proper name, the same in every language
  std::string (*write)(const Plan& plan);
  // The most values of a tensor.
  std::int64_t most_values = 1'000'000;
  bool binary = false;
  bool of_moment = false;  // about one layer and position, not about the whole scene
};

std::span<const CodeTarget> code_targets();
// Null for a word that names none.
const CodeTarget* find_code_target(std::string_view word);

}  // namespace convscope::code
