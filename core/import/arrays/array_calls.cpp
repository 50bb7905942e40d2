// Calls around numbers: those that hold data, and those that make it.
#include <algorithm>

#include "core/import/arrays/array_reader.h"
#include "core/import/text/word_meant.h"

namespace convscope::imports {
namespace {

constexpr std::int64_t kMostFilled = 1 << 22;  // values

// The sizes in "((3, 3))", "([2, 3])" or "(2, 3)", from behind the first bracket.
std::vector<std::int64_t> sizes_at(const PlainText& text, std::size_t at) {
  const std::string_view chars = text.chars();
  const auto skip = [&](std::string_view signs) {
    at = std::min(chars.find_first_not_of(signs, at), chars.size());
  };
  std::vector<std::int64_t> sides;
  skip(" \n([");
  while (at < chars.size() && is_digit(chars[at])) {
    const double side = read_value(text, at);
    sides.push_back(static_cast<std::int64_t>(std::min(side, double{kMostFilled} + 1)));
    skip(" \n,");
  }
  return sides;
}

}  // namespace

bool is_filling(std::string_view name) { return is_one_of(name, {"ones", "zeros", "eye"}); }

Box filled_array(const PlainText& text, std::size_t begin, std::string_view name, std::size_t at) {
  Box box = {sizes_at(text, at), {}};
  const bool eye = name == "eye";
  if (eye && box.sides.size() == 1) {
    box.sides.push_back(box.sides[0]);
  }
  std::int64_t count = 1;
  for (const std::int64_t side : box.sides) {
    count = std::min(count * side, kMostFilled + 1);
  }
  const std::size_t most = eye ? 2 : kMostSides;
  if (box.sides.empty() || box.sides.size() > most || count == 0 || count > kMostFilled) {
    refuse_word(text, begin);
  }
  box.values.assign(static_cast<std::size_t>(count), name == "ones" ? 1.0f : 0.0f);
  for (std::int64_t i = 0; eye && i < std::ranges::min(box.sides); ++i) {
    box.values[static_cast<std::size_t>(i * box.sides[1] + i)] = 1.0f;
  }
  return box;
}

bool is_data_call(std::string_view name, char first) {
  if (is_one_of(name, {"Size", "reshape", "transpose", "flip", "rot90", "full", "range", "arange",
                       "linspace", "rand", "randn", "randint", "empty"})) {
    return false;
  }
  for (const char* end : {"array", "tensor", "Tensor", "Array", "Parameter", "constant", "list"}) {
    if (name.ends_with(end)) {
      return true;
    }
  }
  return first != '(';  // sizes: "np.random.normal((3, 3))"
}

}  // namespace convscope::imports
