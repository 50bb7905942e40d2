// Reads nested lists and the code around them.
#include <algorithm>
#include <optional>
#include <utility>

#include "core/import/arrays/array_reader.h"

namespace convscope::imports {
namespace {

// NumPy wraps printed lines at column 75, so a shorter line ends a row.
constexpr std::int64_t kShortestWrap = 50;

char closer_of(char opener) {
  switch (opener) {
    case '[':
      return ']';
    case '{':
      return '}';
    case '(':
      return ')';
    default:
      return '\0';
  }
}

bool is_opener(char c) { return closer_of(c) != '\0'; }

// A list being read: its children are all lists or all numbers.
struct OpenList {
  std::size_t begin = 0;
  std::vector<Box> lists;
  std::vector<std::size_t> list_starts;
  std::vector<float> numbers;
  std::vector<std::size_t> number_starts;
  std::vector<std::size_t> rows;    // where ';' ends one, as counts of numbers
  std::vector<std::size_t> breaks;  // where a line ends with no comma, likewise
  std::int64_t shortest_line = kShortestWrap;

  bool empty() const { return lists.empty() && numbers.empty(); }
};

class ListReader {
 public:
  explicit ListReader(const PlainText& text) : text_(text), chars_(text.chars()) {}

  Box read() {
    skip_declaration();
    const double factor = leading_factor();
    Box box = top();
    box = scaled(std::move(box), trailing_factor(factor));
    skip_space();
    while (peek() == ';' || peek() == '>' || peek() == ',') {
      ++at_;
      skip_space();
    }
    if (at_ < chars_.size()) {
      fail("array_trailing", text_, at_, {{"word", text_.quoted(at_, line_end(at_))}});
    }
    return box;
  }

 private:
  char peek() const { return at_ < chars_.size() ? chars_[at_] : '\0'; }

  std::size_t line_end(std::size_t at) const {
    return std::min(chars_.find('\n', at), chars_.size());
  }

  // The length of the line that ends at `end`.
  std::int64_t line_length(std::size_t end) const {
    const std::size_t newline = end == 0 ? std::string_view::npos : chars_.rfind('\n', end - 1);
    return static_cast<std::int64_t>(end - (newline == std::string_view::npos ? 0 : newline + 1));
  }

  bool at_comment() const {
    return peek() == '#' || peek() == '%' || chars_.substr(at_).starts_with("//");
  }

  void skip_space() {
    while (is_blank(peek()) || peek() == '\n' || at_comment()) {
      at_ = at_comment() ? line_end(at_) : at_ + 1;
    }
  }

  // "name =", "float w[3][3] =", "<tf.Tensor: ..., numpy=".
  void skip_declaration() {
    skip_space();
    if (chars_.substr(at_).starts_with("<tf.")) {
      const std::size_t numpy = chars_.find("numpy=", at_);
      at_ = numpy == std::string_view::npos ? at_ : numpy + 6;
    }
    const std::size_t equals = chars_.find('=', at_);
    if (equals == std::string_view::npos) {
      return;
    }
    const std::string_view before = chars_.substr(at_, equals - at_);
    const bool name =
        !before.empty() && is_name_start(before.front()) && std::ranges::all_of(before, [](char c) {
          return is_name_part(c) || is_blank(c) || c == '[' || c == ']' || c == '*' || c == '.' ||
                 c == ':' || c == '&';
        });
    if (name) {
      at_ = equals + 1;
      assigned_ = true;
    }
  }

  // "1/9 *", "1.0e+03 *".
  double leading_factor() {
    skip_space();
    if (!is_digit(peek()) && peek() != '.' && peek() != '-' && peek() != '(') {
      return 1.0;
    }
    const std::size_t begin = at_;
    const bool in_brackets = peek() == '(';
    at_ += in_brackets ? 1 : 0;
    if (in_brackets && !is_digit(peek())) {
      at_ = begin;
      return 1.0;
    }
    const double factor = read_value(text_, at_);
    at_ += in_brackets && peek() == ')' ? 1 : 0;
    skip_space();
    if (peek() == '*') {
      ++at_;
      return factor;
    }
    if (!in_brackets) {
      fail("array_trailing", text_, at_, {{"word", text_.quoted(at_, line_end(at_))}});
    }
    at_ = begin;  // a tuple
    return 1.0;
  }

  double trailing_factor(double factor) {
    for (skip_space(); peek() == '*' || peek() == '/'; skip_space()) {
      const bool divides = peek() == '/';
      ++at_;
      skip_space();
      const std::size_t begin = at_;
      const double value = read_value(text_, at_);
      if (divides && value == 0.0) {
        fail("array_zero_divisor", text_, begin);
      }
      factor = divides ? factor / value : factor * value;
    }
    return factor;
  }

  Box scaled(Box box, double factor) const {
    if (factor != 1.0) {
      for (float& value : box.values) {
        value = small_number(static_cast<double>(value) * factor, false, text_, 0, at_);
      }
    }
    return box;
  }

  // One value, or the rows of a list copied without its outer brackets.
  Box top() {
    std::vector<Box> boxes;
    std::vector<std::size_t> starts;
    do {
      skip_space();
      starts.push_back(at_);
      boxes.push_back(wrapped(0));
      if (boxes.back().sides.size() == kMostSides) {
        break;
      }
      const std::size_t end = at_;
      skip_space();
      if (peek() == ',') {
        ++at_;
        skip_space();
      }
      if (!is_opener(peek())) {
        at_ = end;
        break;
      }
    } while (true);
    return boxes.size() == 1 ? std::move(boxes.front()) : stacked(std::move(boxes), text_, starts);
  }

  // "np.array([...], dtype=...)", "Parameter containing:\ntensor(...)", or a list.
  Box wrapped(int depth) {
    constexpr int kDeepest = 8;
    skip_space();
    const std::size_t begin = at_;
    while (is_name_start(peek())) {
      while (is_name_part(peek()) || peek() == '.') {
        ++at_;
      }
      skip_space();
      if (peek() == ':') {
        ++at_;
        skip_space();
      }
    }
    if (at_ == begin) {
      return list(1);
    }
    if (peek() != '(') {
      if (is_opener(peek())) {
        return list(1);  // "values: [[...]]"
      }
      refuse_word(text_, begin);
    }
    if (depth == kDeepest) {
      fail("array_too_deep", text_, at_, {{"limit", static_cast<std::int64_t>(kMostSides)}});
    }
    const std::string_view words = trimmed(chars_.substr(begin, at_ - begin));
    const std::string_view name = words.substr(words.find_last_of(" .:\n") + 1);
    const std::size_t open = at_;
    ++at_;
    skip_space();
    if (is_filling(name)) {
      Box box = filled_array(text_, begin, name, at_);
      skip_arguments(open);
      return box;
    }
    if (!is_data_call(name, peek())) {
      refuse_word(text_, begin);
    }
    Box box = scaled(wrapped(depth + 1), trailing_factor(1.0));
    skip_arguments(open);
    return box;
  }

  // {"name": [[1, 2]]}, with one name.
  Box object(std::size_t depth) {
    const std::size_t begin = at_++;
    skip_space();
    const char quote = chars_[at_];
    const std::size_t close = std::min(chars_.find(quote, at_ + 1), line_end(at_));
    at_ = std::min(close + 1, chars_.size());
    skip_space();
    if (peek() != ':') {
      refuse_word(text_, begin);
    }
    ++at_;
    skip_space();
    Box box = list(depth);
    skip_space();
    at_ += peek() == ',' ? 1 : 0;
    skip_space();
    if (peek() != '}') {
      refuse_word(text_, at_);
    }
    ++at_;
    return box;
  }

  bool at_object() const {
    const std::size_t next = chars_.find_first_not_of(" \t\n", at_ + 1);
    return peek() == '{' && next < chars_.size() && (chars_[next] == '"' || chars_[next] == '\'');
  }

  // Skips the rest of a call, including its closing bracket.
  void skip_arguments(std::size_t open) {
    int depth = 1;
    char quote = '\0';
    for (; at_ < chars_.size(); ++at_) {
      const char c = chars_[at_];
      if (quote != '\0') {
        quote = c == quote ? '\0' : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(') {
        ++depth;
      } else if (c == ')' && --depth == 0) {
        ++at_;
        return;
      }
    }
    fail("array_unclosed", text_, open, {{"bracket", "("}});
  }

  Box list(std::size_t depth) {
    if (!is_opener(peek())) {
      refuse_word(text_, at_);
    }
    if (depth > kMostSides) {
      fail("array_too_deep", text_, at_, {{"limit", static_cast<std::int64_t>(kMostSides)}});
    }
    if (at_object()) {
      return object(depth + 1);
    }
    OpenList open;
    open.begin = at_;
    const char opener = chars_[at_++];
    const char closer = closer_of(opener);
    bool comma = true;  // the opening bracket counts as a comma before the first item
    while (true) {
      skip_in_list(open, comma);
      const char c = peek();
      if (c == '\0') {
        fail("array_unclosed", text_, open.begin, {{"bracket", std::string(1, opener)}});
      }
      if (c == closer) {
        ++at_;
        return closed(std::move(open), depth);
      }
      if (c == ']' || c == ')' || c == '}') {
        fail("array_wrong_bracket", text_, at_,
             {{"found", std::string(1, c)}, {"expected", std::string(1, closer)}});
      }
      if (c == ',') {
        if (comma) {
          fail("array_empty_cell", text_, at_);
        }
        comma = true;
        ++at_;
      } else if (c == ';' && opener == '[') {
        open.rows.push_back(open.numbers.size());
        comma = true;
        ++at_;
      } else {
        element(open, depth);
        comma = false;
      }
    }
  }

  // Notes where a line ends without a comma before: it may end a row.
  void skip_in_list(OpenList& open, bool comma) {
    while (is_blank(peek()) || peek() == '\n' || at_comment()) {
      if (peek() == '\n' && !comma && open.lists.empty()) {
        if (open.breaks.empty() || open.breaks.back() != open.numbers.size()) {
          open.breaks.push_back(open.numbers.size());
          open.shortest_line = std::min(open.shortest_line, line_length(at_));
        }
      }
      at_ = at_comment() ? line_end(at_) : at_ + 1;
    }
  }

  void element(OpenList& open, std::size_t depth) {
    const std::size_t begin = at_;
    if (is_opener(peek())) {
      if (!open.numbers.empty()) {
        fail("array_mixed", text_, begin);
      }
      open.list_starts.push_back(begin);
      open.lists.push_back(list(depth + 1));
      return;
    }
    const double value = scalar();
    if (!open.lists.empty()) {
      fail("array_mixed", text_, begin);
    }
    open.number_starts.push_back(begin);
    open.numbers.push_back(small_number(value, false, text_, begin, at_));
  }

  // A number, also as NumPy and PyTorch print it in a list: "np.float64(0.5)", "tensor(2)".
  double scalar() {
    std::size_t open = at_;
    while (open < chars_.size() && (is_name_part(chars_[open]) || chars_[open] == '.')) {
      ++open;
    }
    const std::string_view name = chars_.substr(at_, open - at_);
    const bool typed = name == "tensor" || name.starts_with("np.float") ||
                       name.starts_with("np.int") || name.starts_with("np.uint");
    if (!typed || open == chars_.size() || chars_[open] != '(') {
      return read_value(text_, at_);
    }
    at_ = open + 1;
    const double value = read_value(text_, at_);
    skip_arguments(open);
    return value;
  }

  Box closed(OpenList open, std::size_t depth) {
    if (open.empty()) {
      fail("array_empty", text_, open.begin);
    }
    if (!open.lists.empty()) {
      return stacked(std::move(open.lists), text_, open.list_starts);
    }
    std::vector<std::size_t> rows = open.rows;
    const bool matlab = depth == 1 && chars_[open.begin] == '[';
    if (matlab && (!rows.empty() || assigned_ || open.shortest_line < kShortestWrap)) {
      rows.insert(rows.end(), open.breaks.begin(), open.breaks.end());
    }
    rows.push_back(open.numbers.size());
    std::ranges::sort(rows);
    const bool semicolons = !open.rows.empty();
    return in_rows(std::move(open), rows, semicolons);
  }

  // `ends`: how many numbers come before the end of each row.
  Box in_rows(OpenList open, const std::vector<std::size_t>& ends, bool semicolons) {
    std::vector<Box> rows;
    std::vector<std::size_t> starts;
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
      if (end > begin) {
        const auto first = open.numbers.begin() + static_cast<std::ptrdiff_t>(begin);
        rows.push_back({{static_cast<std::int64_t>(end - begin)},
                        {first, first + static_cast<std::ptrdiff_t>(end - begin)}});
        starts.push_back(open.number_starts[begin]);
      }
      begin = end;
    }
    return rows.size() == 1 && !semicolons ? std::move(rows.front())
                                           : stacked(std::move(rows), text_, starts);
  }

  const PlainText& text_;
  std::string_view chars_;
  std::size_t at_ = 0;
  bool assigned_ = false;  // "A = ..."
};

}  // namespace

bool has_brackets(std::string_view chars) {
  // MATLAB's headings "ans(:,:,2) =" are not lists, nor is Julia's "2x2 Matrix{Float64}:".
  for (std::size_t at = 0; at < chars.size(); ++at) {
    const char c = chars[at];
    if (at == 0 || chars[at - 1] == '\n') {
      const std::size_t end = std::min(chars.find('\n', at), chars.size());
      if (is_kind_heading(chars.substr(at, end - at))) {
        at = end;
        continue;
      }
    }
    if (c == '[' || c == '{' || (c == '(' && !chars.substr(at).starts_with("(:"))) {
      return true;
    }
  }
  return false;
}

Box read_lists(const PlainText& text) { return ListReader(text).read(); }

}  // namespace convscope::imports
