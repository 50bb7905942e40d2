#include "core/import/layers/python_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <utility>

#include "core/import/layers/call_arguments.h"
#include "core/import/layers/python_blocks.h"
#include "core/tensor/number_text.h"

namespace convscope::imports {
namespace {

constexpr int kDeepest = 24;
constexpr std::int64_t kMostSteps = 50'000;

bool is_number(const PythonValue& value) {
  return value.kind == PythonValue::Kind::kWhole || value.kind == PythonValue::Kind::kReal ||
         value.kind == PythonValue::Kind::kName;
}

// "0.25 * 64" and "64 / 4", which int() or round() may make whole again.
std::optional<double> real_result(const PythonValue& a, std::string_view sign,
                                  const PythonValue& b) {
  const auto x = number_of(a);
  const auto y = number_of(b);
  if (!x || !y || (sign == "/" && *y == 0)) {
    return std::nullopt;
  }
  return sign == "*"   ? std::optional(*x * *y)
         : sign == "/" ? std::optional(*x / *y)
         : sign == "+" ? std::optional(*x + *y)
         : sign == "-" ? std::optional(*x - *y)
                       : std::nullopt;
}

std::string digits_of(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", value);
  return text;
}

}  // namespace

std::int64_t size_of(const PythonValue& value) {
  std::int64_t size = 1;
  for (const auto* arguments : {&value.items, &value.applied}) {
    for (const PythonArgument& argument : *arguments) {
      size += size_of(argument.value);
    }
  }
  for (const PythonStatement& statement : value.body) {
    size += size_of(statement.value);
  }
  return size;
}

std::optional<double> number_of(const PythonValue& value) {
  if (value.kind == PythonValue::Kind::kWhole) {
    return static_cast<double>(value.whole);
  }
  const auto number =
      value.kind == PythonValue::Kind::kReal ? leading_number(value.word) : std::nullopt;
  return number && !number->too_large ? std::optional(number->value) : std::nullopt;
}

std::optional<std::int64_t> whole_result(std::int64_t a, std::string_view sign, std::int64_t b) {
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

void PythonValues::spend(std::int64_t steps) {
  spent_ += steps;
  if (spent_ > kMostSteps) {
    fail("layer_text_too_long", std::min(at_, chars_.size()), {{"limit", kMostSteps}});
  }
}

PythonValue* PythonValues::known(std::string_view name) {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}

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
                          ? whole_result(left.whole, sign, right.whole)
                          : std::nullopt;
  const auto real = result ? std::nullopt : real_result(left, sign, right);
  left.kind = result ? PythonValue::Kind::kWhole
              : real ? PythonValue::Kind::kReal
                     : PythonValue::Kind::kName;
  left.whole = result.value_or(0);
  left.end = at_;
  left.word = real ? digits_of(*real) : text_.quoted(left.begin, left.end);
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
  } else if (starts_line("lambda ") || starts_line("lambda:")) {
    return lambda();
  } else {
    named(found, depth);
  }
  while (peek() == '[' && found.kind == PythonValue::Kind::kList) {
    subscript(found, depth);
  }
  found.end = at_;
  return found;
}

// A name, what it stands for, or a call.
void PythonValues::named(PythonValue& found, int depth) {
  const std::size_t begin = at_;
  if (subscripts(found, depth)) {
    return;
  }
  found.word = name();
  const bool prefix =
      found.word.size() <= 2 && found.word.find_first_not_of("fFrRbBuU") == std::string::npos;
  if (prefix && (peek() == '"' || peek() == '\'')) {
    quoted(found);  // f"conv{i}"
    return;
  }
  const std::size_t dot = found.word.rfind('.');
  const PythonValue* object =
      dot == std::string::npos ? nullptr : known(std::string_view(found.word).substr(0, dot));
  if (object != nullptr && object->kind == PythonValue::Kind::kName) {
    found.word.replace(0, dot, object->word);  // "block.expansion" of a class given as `block`
  } else if (object != nullptr && object->kind == PythonValue::Kind::kModule && peek() != '(') {
    const auto field =
        std::ranges::find(object->items, found.word.substr(dot + 1), &PythonArgument::name);
    if (field != object->items.end()) {
      spend(size_of(field->value));
      PythonValue value = field->value;  // "settings.width"
      found = std::move(value);
      found.begin = begin;
      return;
    }
  }
  if (peek() == '(') {
    call(found, depth);
  } else if (const PythonValue* meant = known(found.word)) {
    spend(size_of(*meant));
    used_.insert(found.word);
    found = *meant;
    found.begin = begin;
  }
}

// "channels[i + 1]" and "channels[1:]" of a list that is known; false, without advancing, for
// anything else.
bool PythonValues::subscripts(PythonValue& found, int depth) {
  std::size_t end = at_;
  while (end < chars_.size() && (is_name_part(chars_[end]) || chars_[end] == '.')) {
    ++end;
  }
  const PythonValue* meant = known(chars_.substr(at_, end - at_));
  if (end >= chars_.size() || chars_[end] != '[' || meant == nullptr || meant->items.empty() ||
      meant->kind == PythonValue::Kind::kCall) {
    return false;
  }
  spend(size_of(*meant));
  const std::size_t begin = found.begin;
  found = *meant;
  found.begin = begin;
  at_ = end;
  while (peek() == '[') {
    subscript(found, depth);
  }
  return true;
}

void PythonValues::subscript(PythonValue& found, int depth) {
  const std::size_t begin = at_++;
  skip_space(true);
  std::optional<PythonValue> first;
  std::optional<PythonValue> last;
  if (peek() != ':') {
    first = value(depth + 1);
  }
  skip_space(true);
  const bool slice = peek() == ':';
  if (slice) {
    ++at_;
    skip_space(true);
    if (peek() != ']') {
      last = value(depth + 1);
    }
  }
  skip_space(true);
  if (peek() != ']') {
    unexpected(at_);
  }
  ++at_;
  if (found.kind == PythonValue::Kind::kDict && first && !slice) {
    const auto entry = std::ranges::find(found.items, first->word, &PythonArgument::name);
    if (entry == found.items.end()) {
      unexpected(begin);
    }
    PythonValue chosen = entry->value;
    found = std::move(chosen);
    return;
  }
  const auto whole = [](const std::optional<PythonValue>& bound) {
    return !bound || bound->kind == PythonValue::Kind::kWhole;
  };
  if (!whole(first) || !whole(last)) {
    unexpected(begin);
  }
  std::vector<PythonValue> all = each(found);
  const auto size = static_cast<std::int64_t>(all.size());
  const auto place = [&](std::int64_t index) { return index < 0 ? index + size : index; };
  if (!slice) {
    const std::int64_t index = place(first ? first->whole : 0);
    if (index < 0 || index >= size) {
      unexpected(begin);
    }
    found = std::move(all[static_cast<std::size_t>(index)]);
    return;
  }
  const std::int64_t from = first ? std::clamp<std::int64_t>(place(first->whole), 0, size) : 0;
  const std::int64_t to = last ? std::clamp<std::int64_t>(place(last->whole), 0, size) : size;
  found.items.clear();
  for (std::int64_t i = from; i < to; ++i) {
    PythonArgument item;
    item.value = std::move(all[static_cast<std::size_t>(i)]);
    found.items.push_back(std::move(item));
  }
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

}  // namespace convscope::imports
