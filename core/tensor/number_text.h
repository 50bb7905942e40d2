// Parses numbers as people and programs write them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace convscope {

bool is_digit(char c);

struct NumberText {
  double value = 0;
  std::size_t length = 0;  // characters parsed
  bool too_large = false;  // beyond double; `value` is then meaningless
};

// The number at the start of `text`: "-1.5e-3", ".5", "2."; nullopt if there is none. A number too
// small for double is 0. `decimal` is the decimal sign, '.' or ','. Independent of the locale.
std::optional<NumberText> leading_number(std::string_view text, char decimal = '.');

// The number, if all of `text` is one.
std::optional<NumberText> entire_number(std::string_view text);

}  // namespace convscope
