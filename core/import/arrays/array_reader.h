// Shared by the readers of lists and of rows. Internal to array_text.
#pragma once

#include <cstdint>
#include <vector>

#include "core/import/text/plain_text.h"

namespace convscope::imports {

// Numbers with the sizes of all dimensions, the last running fastest.
struct Box {
  std::vector<std::int64_t> sides;
  std::vector<float> values;
};

inline constexpr std::size_t kMostSides = 4;

// A part of the text, such as a line without its end.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<Span> lines_of(std::string_view chars);

// Throws Failure "array_*" for a place in the text. `code` comes first, so that tests can search
// for it.
[[noreturn]] void fail(const char* code, const PlainText& text, std::size_t at,
                       ProblemValues more = {});

// "nan", "-Inf", "np.nan".
bool is_not_finite(std::string_view word);

// Converts to float32, or throws "array_number_too_large". `begin` to `end`: its text.
float small_number(double value, bool too_large, const PlainText& text, std::size_t begin,
                   std::size_t end);

// Refuses the word at `at`, where a number was expected: "array_not_finite" for NaN and infinity,
// otherwise "array_not_number".
[[noreturn]] void refuse_word(const PlainText& text, std::size_t at);

// The number or fraction at `at`, which is moved past it.
double read_value(const PlainText& text, std::size_t& at, char decimal = '.');

// Stacks boxes of equal sizes. `starts` are their places in the text; `array_ragged` names the
// first that differs from the one before.
Box stacked(std::vector<Box> boxes, const PlainText& text, const std::vector<std::size_t>& starts);

// Whether the numbers in a call of this name are data, not sizes or what is to be done with data.
// `first`: the character behind its bracket.
bool is_data_call(std::string_view name, char first);
// "np.ones((3, 3))", "torch.zeros(2, 3)", "eye(3)"; the call is at `begin`, `at` is behind its
// bracket.
bool is_filling(std::string_view name);
Box filled_array(const PlainText& text, std::size_t begin, std::string_view name, std::size_t at);

// "2x3 single matrix", "Diagonal Matrix": what MATLAB, Octave and Julia print above the numbers.
bool is_kind_heading(std::string_view line);

bool has_brackets(std::string_view chars);
Box read_lists(const PlainText& text);
Box read_rows(const PlainText& text);

}  // namespace convscope::imports
