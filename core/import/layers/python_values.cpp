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
constexpr std::int64_t kMostRepeats = 1000;
constexpr std::int64_t kMostComputed = std::int64_t{1} << 31;
constexpr std::int64_t kMostSteps = 50'000;

bool is_number(const PythonValue& value) {
  return value.kind == PythonValue::Kind::kWhole || value.kind == PythonValue::Kind::kReal ||
         value.kind == PythonValue::Kind::kName;
}

// Names, calls and numbers in it.
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

PythonValue whole_value(const PythonValue& at, std::int64_t whole) {
  PythonValue found;
  found.kind = PythonValue::Kind::kWhole;
  found.begin = at.begin;
  found.whole = whole;
  return found;
}

// len(), int(), round(), min() and max() of what is known.
std::optional<PythonValue> computed_call(const PythonValue& call) {
  if (call.items.empty()) {
    return std::nullopt;
  }
  const PythonValue& first = call.items[0].value;
  if (call.word == "len" &&
      (first.kind == PythonValue::Kind::kList || first.kind == PythonValue::Kind::kTuple)) {
    std::int64_t count = 0;
    for (const PythonArgument& item : first.items) {
      count += item.repeated;
    }
    return whole_value(call, count);
  }
  const std::string_view rounding = last_name(call.word);
  if (const auto real = number_of(first);
      real && call.items.size() == 1 && std::abs(*real) <= static_cast<double>(kMostComputed)) {
    // Python rounds halves to even, as nearbyint() does.
    const std::optional<double> rounded = rounding == "int"     ? std::trunc(*real)
                                          : rounding == "round" ? std::nearbyint(*real)
                                          : rounding == "ceil"  ? std::ceil(*real)
                                          : rounding == "floor" ? std::floor(*real)
                                                                : std::optional<double>();
    if (rounded) {
      return whole_value(call, static_cast<std::int64_t>(*rounded));
    }
  }
  const bool whole = std::ranges::all_of(call.items, [](const PythonArgument& item) {
    return item.value.kind == PythonValue::Kind::kWhole;
  });
  if (!whole || (call.word != "min" && call.word != "max")) {
    return std::nullopt;
  }
  std::int64_t result = first.whole;
  for (const PythonArgument& item : call.items) {
    const std::int64_t other = item.value.whole;
    result = call.word == "min"   ? std::min(result, other)
             : call.word == "max" ? std::max(result, other)
                                  : result;
  }
  return whole_value(call, result);
}

}  // namespace

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
  const std::size_t dot = found.word.rfind('.');
  const PythonValue* object =
      dot == std::string::npos ? nullptr : known(std::string_view(found.word).substr(0, dot));
  if (object != nullptr && object->kind == PythonValue::Kind::kName) {
    found.word.replace(0, dot, object->word);  // "block.expansion" of a class given as `block`
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

void PythonValues::call(PythonValue& found, int depth) {
  found.kind = PythonValue::Kind::kCall;
  const std::size_t open = at_++;
  items(found.items, ')', depth, open);
  found.end = at_;
  rename(found);
  if (const auto result = computed_call(found)) {
    found = *result;
    return;
  }
  call_defined(found, depth);
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

// "conv(3, 8)" after "conv = nn.Conv2d" or "conv = partial(nn.Conv2d, kernel_size=3)".
void PythonValues::rename(PythonValue& call) {
  constexpr int kMostNames = 8;
  for (int i = 0; i < kMostNames; ++i) {
    const PythonValue* meant = known(call.word);
    if (meant == nullptr) {
      return;
    }
    const bool partial = meant->kind == PythonValue::Kind::kCall && !meant->items.empty() &&
                         last_name(meant->word) == "partial";
    if (partial) {
      spend(size_of(*meant));
      std::vector<PythonArgument> all(meant->items.begin() + 1, meant->items.end());
      for (PythonArgument& given : call.items) {
        std::erase_if(all, [&](const PythonArgument& usual) {
          return !usual.name.empty() && usual.name == given.name;
        });
        const auto named =
            std::ranges::find_if(all, [](const auto& item) { return !item.name.empty(); });
        all.insert(given.name.empty() ? named : all.end(), std::move(given));
      }
      call.word = meant->items[0].value.word;
      call.items = std::move(all);
    } else if (meant->kind == PythonValue::Kind::kName && meant->word != call.word) {
      call.word = meant->word;
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
  bool comma = comprehension(found, depth);
  while (true) {
    skip_space(true);
    if (at_end()) {
      fail("layer_text_unclosed", open, {{"bracket", std::string(1, chars_[open])}});
    }
    if (peek() == closer) {
      ++at_;
      return comma;
    }
    if (!spread(found, depth)) {
      found.push_back(argument(depth));
    }
    comma = false;
    skip_space(true);
    if (peek() == ',') {
      ++at_;
      comma = true;
    } else if (peek() != closer && (found.empty() || !found.back().child) && !next_is_child()) {
      if (at_end()) {
        continue;
      }
      unexpected(at_);
    }
  }
}

// "*layers" and "**settings" of what is known are its items; of other names the latter is nothing.
bool PythonValues::spread(std::vector<PythonArgument>& found, int depth) {
  if (peek() != '*') {
    return false;
  }
  const bool settings = starts_line("**");
  PythonValue all = value(depth + 1);
  const bool listed = all.kind == PythonValue::Kind::kList || all.kind == PythonValue::Kind::kTuple;
  if (settings ? all.kind == PythonValue::Kind::kDict : listed) {
    std::ranges::move(all.items, std::back_inserter(found));
  } else if (!settings) {
    PythonArgument item;
    item.begin = all.begin;
    item.value = std::move(all);
    found.push_back(std::move(item));
  }
  return true;
}

// "nn.Conv2d(8, 8, 3) for _ in range(3)", between brackets.
bool PythonValues::comprehension(std::vector<PythonArgument>& found, int depth) {
  const std::size_t begin = at_;
  const std::size_t loop = find_comprehension(chars_, at_);
  if (loop == std::string_view::npos) {
    return false;
  }
  at_ = loop + 4;
  skip_space(true);
  const std::vector<std::string> names = targets();
  if (!take_word("in", true)) {
    unexpected(loop);
  }
  skip_space(true);
  const PythonValue over = value(depth + 1);
  const std::vector<PythonValue> all = each(over);
  if (static_cast<std::int64_t>(all.size()) > kMostRepeats) {
    fail("layer_text_too_many", over.begin, {{"limit", kMostRepeats}});
  }
  skip_space(true);
  const std::size_t filter = starts_line("if ") ? at_ : 0;
  std::size_t end = at_;
  for (const PythonValue& one : all) {
    spend(1);
    assign_all(names, one);
    if (filter != 0) {
      at_ = filter + 3;
      const bool holds = condition(depth + 1, true);
      end = at_;
      if (!holds) {
        continue;
      }
    }
    at_ = begin;
    skip_space(true);
    found.push_back(argument(depth));
    skip_space(true);
    if (at_ != loop) {
      unexpected(at_);
    }
  }
  at_ = filter != 0 && all.empty() ? find_outside(chars_, filter, ",") : end;
  return true;
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

// Where "stride" ends in "stride=2"; `at_` if no keyword is here.
std::size_t PythonValues::keyword_end() const {
  std::size_t end = at_;
  while (end < chars_.size() && (end == at_ ? is_name_start : is_name_part)(chars_[end])) {
    ++end;
  }
  const std::size_t sign = std::min(chars_.find_first_not_of(" \t", end), chars_.size());
  const std::string_view rest = chars_.substr(sign);
  return rest.starts_with('=') && !rest.starts_with("==") ? end : at_;
}

PythonArgument PythonValues::argument(int depth) {
  if (auto child = child_label()) {
    child->value = value(depth + 1);
    return std::move(*child);
  }
  PythonArgument found;
  const std::size_t begin = at_;
  found.begin = begin;
  if (const std::size_t name_end = keyword_end(); name_end > begin) {
    found.name = chars_.substr(begin, name_end - begin);
    at_ = chars_.find('=', name_end) + 1;
    skip_space(true);
  }
  found.value = expression(depth + 1, true);
  skip_space(true);
  if (peek() == ':' && found.value.kind == PythonValue::Kind::kText) {
    ++at_;
    skip_space(true);
    found.name = found.value.word;
    found.value = expression(depth + 1, true);
  }
  return found;
}

}  // namespace convscope::imports
