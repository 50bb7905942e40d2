#include "core/import/arrays/array_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include "core/import/arrays/array_reader.h"
#include "core/import/arrays/table_marks.h"
#include "core/tensor/number_text.h"

namespace convscope::imports {
namespace {

// The end of the word at `at`.
std::size_t word_end(std::string_view chars, std::size_t at) {
  const std::size_t end = chars.find_first_of(" \t\n,;[](){}", at);
  return end == std::string_view::npos ? chars.size() : std::max(end, at + 1);
}

NumberText number_at(const PlainText& text, std::size_t at, char decimal) {
  const auto number = leading_number(text.chars().substr(at), decimal);
  if (!number) {
    refuse_word(text, at);
  }
  if (number->too_large) {
    fail("array_number_too_large", text, at, {{"word", text.quoted(at, at + number->length)}});
  }
  return *number;
}

}  // namespace

bool is_not_finite(std::string_view word) {
  std::string lower;
  for (const char c : word) {
    if (c != '-' && c != '+' && c != '.') {
      lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  for (const char* name : {"nan", "inf", "infinity", "npnan", "npinf", "1#inf", "1#qnan"}) {
    if (lower == name) {
      return true;
    }
  }
  return false;
}

void fail(const char* code, const PlainText& text, std::size_t at, ProblemValues more) {
  throw Failure({code, "", text.values_at(at, std::move(more))});
}

std::vector<Span> lines_of(std::string_view chars) {
  std::vector<Span> lines;
  for (std::size_t begin = 0; begin <= chars.size();) {
    const std::size_t end = std::min(chars.find('\n', begin), chars.size());
    lines.push_back({begin, end});
    begin = end + 1;
  }
  return lines;
}

float small_number(double value, bool too_large, const PlainText& text, std::size_t begin,
                   std::size_t end) {
  constexpr double kRoundsToInfinity = 0x1.ffffffp127;  // 3.4028235e38 is still the largest float
  if (too_large || std::abs(value) >= kRoundsToInfinity) {
    fail("array_number_too_large", text, begin, {{"word", text.quoted(begin, end)}});
  }
  return static_cast<float>(value);
}

void refuse_word(const PlainText& text, std::size_t at) {
  const std::string_view chars = text.chars();
  if (at >= chars.size() || chars[at] == '\n') {
    fail("array_ends_early", text, at);
  }
  if (chars[at] == kEllipsisSign || chars.substr(at).starts_with("...")) {
    fail("array_ellipsis", text, at);
  }
  const std::size_t end = word_end(chars, at);
  const std::string word = text.quoted(at, end);
  if (is_not_finite(chars.substr(at, end - at))) {
    fail("array_not_finite", text, at, {{"word", word}});
  }
  fail("array_not_number", text, at, {{"word", word}});
}

double read_value(const PlainText& text, std::size_t& at, char decimal) {
  const std::string_view chars = text.chars();
  for (const auto& [word, value] : {std::pair{"True", 1.0},
                                    {"true", 1.0},
                                    {"TRUE", 1.0},
                                    {"False", 0.0},
                                    {"false", 0.0},
                                    {"FALSE", 0.0}}) {
    const std::string_view name = word;
    const std::size_t end = at + name.size();
    if (chars.substr(at).starts_with(name) && (end == chars.size() || !is_name_part(chars[end]))) {
      at = end;
      return value;
    }
  }
  const NumberText number = number_at(text, at, decimal);
  double value = number.value;
  std::size_t end = at + number.length;
  if (end + 1 < chars.size() && chars[end] == '/' && chars[end + 1] != '/') {
    const NumberText divisor = number_at(text, end + 1, decimal);
    if (divisor.value == 0.0) {
      fail("array_zero_divisor", text, end + 1);
    }
    value /= divisor.value;
    end += 1 + divisor.length;
  }
  if (end < chars.size() && (chars[end] == 'f' || chars[end] == 'F')) {
    ++end;  // C's 1.0f
  }
  if (end < chars.size() && (is_name_part(chars[end]) || chars[end] == '.' ||
                             chars[end] == kOtherSign || chars[end] == kEllipsisSign)) {
    refuse_word(text, chars.substr(end).starts_with("...") ? end : at);  // 12px, 1.2.3, 1j
  }
  small_number(value, false, text, at, end);
  at = end;
  return value;
}

Box stacked(std::vector<Box> boxes, const PlainText& text, const std::vector<std::size_t>& starts) {
  Box all;
  all.sides = boxes.front().sides;
  all.sides.insert(all.sides.begin(), static_cast<std::int64_t>(boxes.size()));
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const auto& sides = boxes[i].sides;
    const auto& expected = boxes.front().sides;
    if (sides.size() != expected.size()) {
      fail("array_mixed", text, starts[i]);
    }
    if (sides != expected) {
      const std::size_t d =
          static_cast<std::size_t>(std::ranges::mismatch(sides, expected).in1 - sides.begin());
      fail("array_ragged", text, starts[i], {{"found", sides[d]}, {"expected", expected[d]}});
    }
  }
  if (boxes.size() == 1) {
    all.values = std::move(boxes.front().values);
    return all;
  }
  for (Box& box : boxes) {
    all.values.insert(all.values.end(), box.values.begin(), box.values.end());
    box = {};
  }
  return all;
}

Result<PastedArray> read_array_text(std::string_view text) {
  return as_result([&] {
    const PlainText written(text);
    const PlainText plain = written.read_as(without_table_marks(written.chars()));
    Box box = has_brackets(plain.chars()) ? read_lists(plain) : read_rows(plain);
    std::array<std::int64_t, kMostSides> sides = {1, 1, 1, 1};
    std::ranges::copy(box.sides, sides.end() - std::ssize(box.sides));
    const Shape shape = {sides[0], sides[1], sides[2], sides[3]};
    return PastedArray{Tensor(shape, std::move(box.values)), std::ssize(box.sides)};
  });
}

}  // namespace convscope::imports
