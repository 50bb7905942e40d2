#include "core/import/layers/python_values.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/tensor/number_text.h"

namespace convscope::imports {
namespace {

constexpr int kDeepest = 24;
constexpr std::int64_t kMostRepeats = 1000;
constexpr std::int64_t kMostComputed = std::int64_t{1} << 31;

// Rounds as Python does; nullopt if the result is too large for a setting, or not an integer.
std::optional<std::int64_t> computed(std::int64_t a, std::string_view sign, std::int64_t b) {
  const auto large = [](std::int64_t x) { return x > kMostComputed || x < -kMostComputed; };
  if (large(a) || large(b) || (b == 0 && (sign == "//" || sign == "%"))) {
    return std::nullopt;
  }
  const auto floored = [&] { return a / b - ((a % b != 0) && ((a < 0) != (b < 0)) ? 1 : 0); };
  if (sign == "**") {
    std::int64_t power = 1;
    for (std::int64_t i = 0; i < b && i < 64 && !large(power); ++i) {
      power *= a;
    }
    return b < 0 || large(power) ? std::nullopt : std::optional(power);
  }
  if (sign == "+" || sign == "-") {
    return sign == "+" ? a + b : a - b;
  }
  if (sign == "*") {
    return a * b;
  }
  if (sign == "//" || sign == "%") {
    return sign == "//" ? floored() : a - b * floored();
  }
  return std::nullopt;
}

bool is_number(const PythonValue& value) {
  return value.kind == PythonValue::Kind::kWhole || value.kind == PythonValue::Kind::kReal ||
         value.kind == PythonValue::Kind::kName;
}

}  // namespace

PythonValue PythonValues::value(int depth) {
  PythonValue left = product(depth);
  while (is_number(left) && (next_operator() == "+" || next_operator() == "-")) {
    left = joined(std::move(left), depth);
  }
  while (left.kind == PythonValue::Kind::kList && next_operator() == "+") {
    at_ += 1;  // [...] + [...]
    skip_space(false);
    PythonValue right = product(depth);
    if (right.kind != PythonValue::Kind::kList) {
      unexpected(right.begin);
    }
    std::ranges::move(right.items, std::back_inserter(left.items));
    left.end = at_;
  }
  return left;
}

PythonValue PythonValues::product(int depth) {
  PythonValue left = power(depth);
  if (left.kind == PythonValue::Kind::kList && next_operator() == "*") {
    repeat(left, depth);
  }
  while (is_number(left) && !next_operator().empty() && next_operator() != "+" &&
         next_operator() != "-") {
    left = joined(std::move(left), depth);
  }
  return left;
}

PythonValue PythonValues::power(int depth) {
  PythonValue left = operand(depth);
  return is_number(left) && next_operator() == "**" ? joined(std::move(left), depth) : left;
}

std::string_view PythonValues::next_operator() {
  skip_space(false);
  for (const char* sign : {"**", "//", "+", "-", "*", "/", "%"}) {
    if (starts_line(sign)) {
      return sign;
    }
  }
  return {};
}

// `left` with what follows its operator.
PythonValue PythonValues::joined(PythonValue left, int depth) {
  const std::string_view sign = next_operator();
  at_ += sign.size();
  skip_space(false);
  const std::size_t at = at_;
  const PythonValue right = sign == "+" || sign == "-" ? product(depth + 1) : power(depth + 1);
  if (!is_number(right)) {
    unexpected(at);
  }
  const auto result = left.kind == PythonValue::Kind::kWhole && right.kind == left.kind
                          ? computed(left.whole, sign, right.whole)
                          : std::nullopt;
  left.kind = result ? PythonValue::Kind::kWhole : PythonValue::Kind::kName;
  left.whole = result.value_or(0);
  left.end = at_;
  left.word = text_.quoted(left.begin, left.end);
  return left;
}

// "[nn.Conv2d(8, 8, 3)] * 3".
void PythonValues::repeat(PythonValue& list, int depth) {
  ++at_;
  skip_space(false);
  const PythonValue times = power(depth + 1);
  if (times.kind != PythonValue::Kind::kWhole) {
    unexpected(times.begin);
  }
  if (times.whole > kMostRepeats) {
    fail("layer_text_too_many", times.begin, {{"limit", kMostRepeats}});
  }
  PythonArgument all;
  all.begin = list.begin;
  all.repeated = std::max<std::int64_t>(times.whole, 0);
  all.value = std::move(list);
  list = {};
  list.kind = PythonValue::Kind::kList;
  list.begin = all.begin;
  list.end = at_;
  list.items.push_back(std::move(all));
}

PythonValue PythonValues::operand(int depth) {
  if (depth > kDeepest) {
    fail("layer_text_too_deep", at_, {{"limit", std::int64_t{kDeepest}}});
  }
  PythonValue found;
  while (peek() == '*') {
    ++at_;  // *[...] and *layers
  }
  found.begin = at_;
  const char c = peek();
  if (is_digit(c) || c == '.' || c == '-' || c == '+') {
    number(found);
  } else if (c == '"' || c == '\'') {
    quoted(found);
  } else if (c == '(') {
    tuple(found, depth);
  } else if (c == '[' || c == '{') {
    found.kind = c == '[' ? PythonValue::Kind::kList : PythonValue::Kind::kDict;
    ++at_;
    items(found.items, c == '[' ? ']' : '}', depth, found.begin);
  } else {
    found.word = name();
    const auto known = values_.find(found.word);
    if (peek() == '(') {
      call(found, depth);
    } else if (known != values_.end()) {
      const std::size_t begin = found.begin;
      used_.insert(found.word);
      found = known->second;
      found.begin = begin;
    }
  }
  found.end = at_;
  return found;
}

void PythonValues::number(PythonValue& found) {
  const std::size_t begin = at_;
  std::string digits;  // without the underscores of 1_000
  const auto number = leading_number(chars_.substr(at_));
  if (!number) {
    unexpected(at_);
  }
  digits = chars_.substr(at_, number->length);
  at_ += number->length;
  while (is_digit(digits.back()) && peek() == '_' && at_ + 1 < chars_.size() &&
         is_digit(chars_[at_ + 1])) {
    ++at_;
    while (is_digit(peek())) {
      digits += chars_[at_++];
    }
  }
  const std::string_view unsigned_digits = std::string_view(digits).substr(digits[0] == '+');
  const char* last = unsigned_digits.data() + unsigned_digits.size();
  const auto [stop, error] = std::from_chars(unsigned_digits.data(), last, found.whole);
  const bool whole = stop == last && error == std::errc();
  found.kind = whole ? PythonValue::Kind::kWhole : PythonValue::Kind::kReal;
  found.word = text_.quoted(begin, at_);
  if (is_name_part(peek()) || peek() == '.') {
    unexpected(at_);
  }
}

void PythonValues::quoted(PythonValue& found) {
  const char quote = chars_[at_];
  const bool triple = starts_line(std::string(3, quote));
  const std::string mark(triple ? 3 : 1, quote);
  at_ += mark.size();
  const std::size_t close = chars_.find(mark, at_);
  if (close == std::string_view::npos || (!triple && close > line_end())) {
    fail("layer_text_quote", found.begin);
  }
  found.kind = PythonValue::Kind::kText;
  found.word = chars_.substr(at_, close - at_);
  at_ = close + mark.size();
}

// Brackets around a single value are the value itself.
void PythonValues::tuple(PythonValue& found, int depth) {
  found.kind = PythonValue::Kind::kTuple;
  ++at_;
  const bool comma = items(found.items, ')', depth, found.begin);
  const bool single = found.items.size() == 1 && !comma && found.items[0].name.empty() &&
                      found.items[0].repeated == 1;
  if (single) {
    PythonValue inner = std::move(found.items[0].value);
    found = std::move(inner);
  }
}

void PythonValues::call(PythonValue& found, int depth) {
  found.kind = PythonValue::Kind::kCall;
  const std::size_t open = at_++;
  items(found.items, ')', depth, open);
  while (true) {
    if (peek() == '(') {
      const std::size_t second = at_++;
      items(found.applied, ')', depth, second);
    } else if (peek() == '.') {
      method(depth);
    } else {
      return;
    }
  }
}

// ".to(device)", ".shape" and others that change no layer.
void PythonValues::method(int depth) {
  const std::size_t begin = ++at_;
  const std::string word = name();
  for (const char* harmless :
       {"to",         "cuda",   "cpu",          "eval",       "train",          "float",
        "double",     "half",   "bfloat16",     "apply",      "requires_grad_", "shape",
        "size",       "dtype",  "weight.shape", "bias.shape", "weight.size",    "parameters",
        "state_dict", "detach", "numpy",        "compile",    "summary"}) {
    if (word == harmless) {
      if (peek() == '(') {
        const std::size_t open = at_++;
        std::vector<PythonArgument> ignored;
        items(ignored, ')', depth, open);
      }
      return;
    }
  }
  unexpected(begin);
}

// Reads up to and including `closer`; returns whether a comma came before it.
bool PythonValues::items(std::vector<PythonArgument>& found, char closer, int depth,
                         std::size_t open) {
  bool comma = false;
  while (true) {
    skip_space(true);
    if (at_end()) {
      fail("layer_text_unclosed", open, {{"bracket", std::string(1, chars_[open])}});
    }
    if (peek() == closer) {
      ++at_;
      return comma;
    }
    found.push_back(argument(depth));
    comma = false;
    skip_space(true);
    if (starts_line("for ") && found.size() == 1) {
      comprehension(found.back(), depth);
    }
    if (peek() == ',') {
      ++at_;
      comma = true;
    } else if (peek() != closer && !found.back().child && !next_is_child()) {
      if (at_end()) {
        continue;
      }
      unexpected(at_);
    }
  }
}

// "for _ in range(3)", with or without a start.
void PythonValues::comprehension(PythonArgument& item, int depth) {
  const std::size_t begin = at_;
  at_ += 4;
  skip_space(true);
  name();
  skip_space(true);
  if (!starts_line("in ")) {
    unexpected(begin);
  }
  at_ += 3;
  skip_space(true);
  const PythonValue range = value(depth + 1);
  const std::size_t count = range.items.size();
  const bool known = range.kind == PythonValue::Kind::kCall && range.word == "range" &&
                     (count == 1 || count == 2) &&
                     std::ranges::all_of(range.items, [](const PythonArgument& argument) {
                       return argument.value.kind == PythonValue::Kind::kWhole;
                     });
  if (!known) {
    unexpected(begin);
  }
  const std::int64_t first = count == 2 ? range.items.front().value.whole : 0;
  const std::int64_t times = range.items.back().value.whole - first;
  if (times > kMostRepeats) {
    fail("layer_text_too_many", range.begin, {{"limit", kMostRepeats}});
  }
  item.repeated = std::max<std::int64_t>(times, 0);
  skip_space(true);
}

std::optional<PythonArgument> PythonValues::child_label() {
  if (peek() != '(') {
    return std::nullopt;
  }
  const std::size_t close = chars_.find(')', at_);
  const std::string_view label =
      close == std::string_view::npos ? "" : chars_.substr(at_ + 1, close - at_ - 1);
  const bool good =
      !label.empty() && close + 1 < chars_.size() && chars_[close + 1] == ':' &&
      std::ranges::all_of(label, [](char c) { return is_name_part(c) || c == '.' || c == '-'; });
  if (!good) {
    return std::nullopt;
  }
  PythonArgument child;
  child.name = label;
  child.child = true;
  at_ = close + 2;
  skip_space(true);
  const auto count = leading_number(chars_.substr(at_));
  if (count && chars_.substr(at_ + count->length).starts_with(" x ")) {
    if (count->too_large || count->value < 1 || count->value > static_cast<double>(kMostRepeats)) {
      fail("layer_text_too_many", at_, {{"limit", kMostRepeats}});
    }
    child.repeated = static_cast<std::int64_t>(count->value);
    at_ += count->length + 3;
    skip_space(true);
  }
  return child;
}

// A repr prints its children on separate lines, without commas.
bool PythonValues::next_is_child() {
  const std::size_t begin = at_;
  const bool child = child_label().has_value();
  at_ = begin;
  return child;
}

PythonArgument PythonValues::argument(int depth) {
  if (auto child = child_label()) {
    child->value = value(depth + 1);
    return std::move(*child);
  }
  PythonArgument found;
  const std::size_t begin = at_;
  found.begin = begin;
  if (is_name_start(peek())) {
    found.name = name();
    skip_space(true);
    if (peek() == '=') {
      ++at_;
      skip_space(true);
    } else {
      found.name.clear();
      at_ = begin;
    }
  }
  found.value = value(depth + 1);
  skip_space(true);
  if (peek() == ':' && found.value.kind == PythonValue::Kind::kText) {
    ++at_;
    skip_space(true);
    found.name = found.value.word;
    found.value = value(depth + 1);
  }
  return found;
}

}  // namespace convscope::imports
