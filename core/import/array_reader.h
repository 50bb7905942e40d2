// What the readers of lists and of rows share. Internal to array_text.
#pragma once

#include <cstdint>
#include <vector>

#include "core/import/plain_text.h"

namespace convscope::imports {

// A full box of numbers, the last side running fastest.
struct Box {
  std::vector<std::int64_t> sides;
  std::vector<float> values;
};

inline constexpr std::size_t kMostSides = 4;

// Throws Failure "array_*" at a place of the text. `code` comes first, so that tests find it.
[[noreturn]] void fail(const char* code, const PlainText& text, std::size_t at,
                       ProblemValues more = {});

// As float32, or "array_number_too_large". `begin` to `end`: how it is written.
float small_number(double value, bool too_large, const PlainText& text, std::size_t begin,
                   std::size_t end);

// Refuses the word at `at`, which stands where a number should: "array_not_finite" for NaN and
// infinity, else "array_not_number".
[[noreturn]] void refuse_word(const PlainText& text, std::size_t at);

// Number or fraction at `at`, which moves behind it.
double read_value(const PlainText& text, std::size_t& at, char decimal = '.');

// Stacks equal boxes. `starts` are their places in the text; `array_ragged` names the first that
// is unlike the one before.
Box stacked(std::vector<Box> boxes, const PlainText& text, const std::vector<std::size_t>& starts);

bool has_brackets(std::string_view chars);
Box read_lists(const PlainText& text);
Box read_rows(const PlainText& text);

}  // namespace convscope::imports
