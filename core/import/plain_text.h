// Pasted text with one char for every character, so that columns are what people count. Signs that
// word processors put in the place of ASCII (a long minus, a no-break space) become ASCII.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
  // Bytes that are no UTF-8 count as one character each.
  explicit PlainText(std::string_view utf8);

  std::string_view chars() const { return chars_; }
  Place place(std::size_t at) const;

  // The characters from `begin` to `end` as they were written, cut short if they are many; what
  // can't be shown is "?".
  std::string quoted(std::size_t begin, std::size_t end) const;
  // All of them, uncut.
  std::string shown() const { return piece(0, chars_.size()); }

  // What a problem says first: row and column of `at`; then `more`.
  ProblemValues values_at(std::size_t at, ProblemValues more = {}) const;

 private:
  std::string piece(std::size_t begin, std::size_t end) const;

  std::string chars_;
  std::string utf8_;
  std::vector<std::size_t> starts_;  // of every character in utf8_, and the end
};

bool is_blank(char c);  // space or tab
bool is_digit(char c);
bool is_name_start(char c);
bool is_name_part(char c);

// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace convscope::imports
