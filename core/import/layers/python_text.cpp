#include "core/import/layers/python_text.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "core/import/layers/python_scanner.h"
#include "core/tensor/number_text.h"

namespace convscope::imports {
namespace {

constexpr int kDeepest = 24;
constexpr std::int64_t kMostRepeats = 1000;

// Rounds as Python does; nullopt if the result is too large for a setting, or not an integer.
std::optional<std::int64_t> computed(std::int64_t a, char sign, std::int64_t b) {
  constexpr std::int64_t kMost = std::int64_t{1} << 31;
  const bool large = a > kMost || b > kMost || a < -kMost || b < -kMost;
  if (large || (b == 0 && (sign == '/' || sign == '%'))) {
    return std::nullopt;
  }
  const auto floored = [&] { return a / b - ((a % b != 0) && ((a < 0) != (b < 0)) ? 1 : 0); };
  switch (sign) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return floored();
    case '%':
      return a - b * floored();
    default:
      return std::nullopt;
  }
}

class PythonReader : private PythonScanner {
 public:
  explicit PythonReader(const PlainText& text) : PythonScanner(text) {}

  std::vector<PythonStatement> statements() {
    std::vector<PythonStatement> all;
    bool in_class = false;
    while (true) {
      skip_space(true);
      while (peek() == ';' || peek() == ',') {
        ++at_;
        skip_space(true);
      }
      if (at_ == chars_.size()) {
        return all;
      }
      if (starts_line("def forward") || starts_line("def call")) {
        return all;
      }
      const bool skipped = is_scaffold();
      in_class = in_class || starts_line("class ");
      if (skipped) {
        at_ = line_end();
        continue;
      }
      PythonStatement found = statement();
      if (found.value.kind == PythonValue::Kind::kWhole && !found.target.empty()) {
        numbers_[found.target] = found.value.whole;  // "width = 64"
        continue;
      }
      all.push_back(std::move(found));
      all.back().as_defined = in_class && all.back().target.starts_with("self.");
      skip_space(false);
      if (!at_end() && peek() != '\n' && peek() != ';' && peek() != ',') {
        unexpected(at_);
      }
    }
  }

 private:
  // Whether this is one of the lines that surround layers in a file.
  bool is_scaffold() const {
    for (const char* word : {"import ", "from ", "class ", "def ", "super(", "super().", "return",
                             "@", "pass\n", "if __name__"}) {
      if (starts_line(word)) {
        return true;
      }
    }
    return false;
  }

  PythonStatement statement() {
    PythonStatement found;
    const std::size_t begin = at_;
    if (is_name_start(peek())) {
      found.target = name();
      skip_space(false);
      if (peek() == '=' && !chars_.substr(at_).starts_with("==")) {
        ++at_;
        skip_space(false);
      } else {
        found.target.clear();
        at_ = begin;
      }
    } else if (const auto child = child_label()) {
      found.target = child->name;  // a line copied from a repr
    }
    found.value = value(0);
    return found;
  }

  // "(conv1):" or "(0-2): 3 x"; nullopt, without advancing, if there is none.
  std::optional<PythonArgument> child_label() {
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
      if (count->too_large || count->value < 1 ||
          count->value > static_cast<double>(kMostRepeats)) {
        fail("layer_text_too_many", at_, {{"limit", kMostRepeats}});
      }
      child.repeated = static_cast<std::int64_t>(count->value);
      at_ += count->length + 3;
      skip_space(true);
    }
    return child;
  }

  // A value, or a sum of products of integers: 16 * 5 * 5. An expression with a name has no value;
  // it stays a name, which is refused where a number is needed.
  PythonValue value(int depth) {
    PythonValue left = product(depth);
    while (is_number(left) && (next_operator() == '+' || next_operator() == '-')) {
      left = joined(std::move(left), depth, false);
    }
    return left;
  }

  PythonValue product(int depth) {
    PythonValue left = operand(depth);
    while (is_number(left) && next_operator() != '\0' && next_operator() != '+' &&
           next_operator() != '-') {
      left = joined(std::move(left), depth, true);
    }
    return left;
  }

  static bool is_number(const PythonValue& value) {
    return value.kind == PythonValue::Kind::kWhole || value.kind == PythonValue::Kind::kReal ||
           value.kind == PythonValue::Kind::kName;
  }

  char next_operator() {
    skip_space(false);
    const char c = peek();
    return c == '+' || c == '-' || c == '*' || c == '/' || c == '%' ? c : '\0';
  }

  PythonValue joined(PythonValue left, int depth, bool factors) {
    char sign = chars_[at_++];
    const bool whole_division = sign == '/' && peek() == '/';
    at_ += whole_division ? 1 : 0;
    if (sign == '*' && peek() == '*') {
      unexpected(at_);
    }
    skip_space(false);
    const std::size_t at = at_;
    const PythonValue right = factors ? operand(depth + 1) : product(depth + 1);
    if (!is_number(right)) {
      unexpected(at);
    }
    sign = sign == '/' && !whole_division ? '\0' : sign;
    const auto result = left.kind == PythonValue::Kind::kWhole && right.kind == left.kind
                            ? computed(left.whole, sign, right.whole)
                            : std::nullopt;
    left.kind = result ? PythonValue::Kind::kWhole : PythonValue::Kind::kName;
    left.whole = result.value_or(0);
    left.end = at_;
    left.word = text_.quoted(left.begin, left.end);
    return left;
  }

  PythonValue operand(int depth) {
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
      const auto number = numbers_.find(found.word);
      if (peek() == '(') {
        call(found, depth);
      } else if (number != numbers_.end()) {
        found.kind = PythonValue::Kind::kWhole;
        found.whole = number->second;
      }
    }
    found.end = at_;
    return found;
  }

  void number(PythonValue& found) {
    const auto number = leading_number(chars_.substr(at_));
    if (!number) {
      unexpected(at_);
    }
    const std::string_view digits = chars_.substr(at_, number->length);
    const std::string_view unsigned_digits = digits.substr(digits[0] == '+' ? 1 : 0);
    const char* last = unsigned_digits.data() + unsigned_digits.size();
    const auto [stop, error] = std::from_chars(unsigned_digits.data(), last, found.whole);
    const bool whole = stop == last && error == std::errc();
    found.kind = whole ? PythonValue::Kind::kWhole : PythonValue::Kind::kReal;
    found.word = text_.quoted(at_, at_ + number->length);
    at_ += number->length;
    if (is_name_part(peek()) || peek() == '.') {
      unexpected(at_);
    }
  }

  void quoted(PythonValue& found) {
    const char quote = chars_[at_++];
    const std::size_t close = chars_.find(quote, at_);
    if (close == std::string_view::npos || close > line_end()) {
      fail("layer_text_quote", found.begin);
    }
    found.kind = PythonValue::Kind::kText;
    found.word = chars_.substr(at_, close - at_);
    at_ = close + 1;
  }

  // Brackets around a single value are the value itself.
  void tuple(PythonValue& found, int depth) {
    found.kind = PythonValue::Kind::kTuple;
    ++at_;
    const bool comma = items(found.items, ')', depth, found.begin);
    if (found.items.size() == 1 && !comma && found.items[0].name.empty()) {
      PythonValue inner = std::move(found.items[0].value);
      found = std::move(inner);
    }
  }

  void call(PythonValue& found, int depth) {
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

  // ".to(device)" and other methods that change no shape.
  void method(int depth) {
    const std::size_t begin = ++at_;
    const std::string word = name();
    for (const char* harmless : {"to", "cuda", "cpu", "eval", "train", "float", "double", "half"}) {
      if (word == harmless && peek() == '(') {
        const std::size_t open = at_++;
        std::vector<PythonArgument> ignored;
        items(ignored, ')', depth, open);
        return;
      }
    }
    unexpected(begin);
  }

  // Reads up to and including `closer`; returns whether a comma came before it.
  bool items(std::vector<PythonArgument>& found, char closer, int depth, std::size_t open) {
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

  // A repr prints its children on separate lines, without commas.
  bool next_is_child() {
    const std::size_t begin = at_;
    const bool child = child_label().has_value();
    at_ = begin;
    return child;
  }

  PythonArgument argument(int depth) {
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

  std::map<std::string, std::int64_t, std::less<>> numbers_;  // assigned to a name
};

}  // namespace

std::vector<PythonStatement> parse_python(const PlainText& text) {
  return PythonReader(text).statements();
}

}  // namespace convscope::imports
