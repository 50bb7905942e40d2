// A number as people and programs write it.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace convscope::imports {

struct NumberText {
  double value = 0;
  std::size_t length = 0;  // characters that it takes
  bool too_large = false;  // beyond double; `value` is worthless
};

// The number that `text` begins with: "-1.5e-3", ".5", "2."; nothing where there is none. What is
// too small for double is 0. `decimal` is the decimal sign, '.' or ','.
std::optional<NumberText> read_number(std::string_view text, char decimal = '.');

}  // namespace convscope::imports
