// Pasted text with one char per character, so that columns match what people count. Signs that word
// processors use in place of ASCII (a minus sign, a no-break space) become ASCII.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/tensor/number_text.h"
#include "core/tensor/problem.h"

namespace convscope::imports {

inline constexpr char kEllipsisSign = '\x01';  // stands for the one character "…"
inline constexpr char kOtherSign = '\x02';     // stands for any other character beyond ASCII

using ProblemValues = std::vector<std::pair<std::string, ProblemValue>>;

// Counted from 1.
struct Place {
  std::int64_t row = 1;
  std::int64_t column = 1;

  bool operator==(const Place&) const = default;
};

class PlainText {
 public:
  // Each byte that is not UTF-8 counts as one character.
  explicit PlainText(std::string_view utf8);

  std::string_view chars() const { return chars_; }
  // The same text, read as these characters, one for each of its own.
  PlainText read_as(std::string chars) const;
  Place place(std::size_t at) const;

  // The characters from `begin` to `end` as they were written, truncated if there are many;
  // unprintable ones are shown as "?".
  std::string quoted(std::size_t begin, std::size_t end) const;
  // All of them, not truncated.
  std::string shown() const { return piece(0, chars_.size()); }

  // The values that a problem starts with: row and column of `at`; followed by `more`.
  ProblemValues values_at(std::size_t at, ProblemValues more = {}) const;

 private:
  std::string piece(std::size_t begin, std::size_t end) const;

  std::string chars_;
  std::string utf8_;
  std::vector<std::size_t> starts_;       // of every character in utf8_, and the end
  std::vector<std::size_t> lines_ = {0};  // where each begins in chars_
};

bool is_blank(char c);  // space or tab
bool is_name_start(char c);
bool is_name_part(char c);

// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace convscope::imports
