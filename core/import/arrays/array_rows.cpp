// Reads rows without brackets: spreadsheets, CSV, and MATLAB's print-outs.
#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/import/arrays/array_reader.h"
#include "core/tensor/number_text.h"

namespace convscope::imports {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

struct Style {
  char separator = ' ';  // '\t', ';', ',' or ' '
  char decimal = '.';    // ',' if both signs are read as decimal signs
  bool semicolons_end_rows = false;
};

struct Row {
  std::size_t begin = 0;
  std::vector<float> values;
};

// One channel. MATLAB prints wide arrays in several blocks of columns, one below another.
struct Plane {
  std::vector<std::vector<Row>> blocks{1};
  double factor = 1.0;

  bool empty() const {
    return std::ranges::all_of(blocks, [](const auto& block) { return block.empty(); });
  }
};

// Reads from the start of `text`; every accept function advances.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  bool accept(std::string_view word) {
    text_ = trimmed(text_);
    if (!text_.starts_with(word)) {
      return false;
    }
    text_.remove_prefix(word.size());
    return true;
  }
  std::optional<std::int64_t> whole() {
    text_ = trimmed(text_);
    const auto number = leading_number(text_);
    constexpr double kMost = 1e9;
    if (!number || number->value < 0 || number->value > kMost || number->too_large) {
      return std::nullopt;
    }
    text_.remove_prefix(number->length);
    return static_cast<std::int64_t>(number->value);
  }
  bool name() {
    text_ = trimmed(text_);
    std::size_t length = 0;
    while (length < text_.size() && is_name_part(text_[length])) {
      ++length;
    }
    const bool good = length > 0 && is_name_start(text_.front());
    text_.remove_prefix(good ? length : 0);
    return good;
  }
  bool done() { return trimmed(text_).empty(); }

 private:
  std::string_view text_;
};

// "Columns 1 through 8", "Columns 9 and 10", "Column 5"; Octave adds a colon.
bool is_column_heading(std::string_view line) {
  Words words(line);
  if (!words.accept("Columns") && !words.accept("Column")) {
    return false;
  }
  if (!words.whole()) {
    return false;
  }
  if (words.accept("through") || words.accept("and") || words.accept("to")) {
    words.whole();
  }
  words.accept(":");
  return words.done();
}

// "A =", "ans(:,:,2) =", "ans(:,:,2,1) =": the channel and the image, counted from 1.
std::optional<std::pair<std::int64_t, std::int64_t>> array_heading(std::string_view line) {
  Words words(line);
  if (!words.name()) {
    return std::nullopt;
  }
  std::pair<std::int64_t, std::int64_t> at = {1, 1};
  if (words.accept("(")) {
    if (!words.accept(":") || !words.accept(",") || !words.accept(":")) {
      return std::nullopt;
    }
    for (std::int64_t* index : {&at.first, &at.second}) {
      if (words.accept(",")) {
        const auto number = words.whole();
        if (!number) {
          return std::nullopt;
        }
        *index = *number;
      }
    }
    if (!words.accept(")")) {
      return std::nullopt;
    }
  }
  if (!words.accept("=") || !words.done()) {
    return std::nullopt;
  }
  return at;
}

// "1.0e+03 *" on a line of its own.
std::optional<double> factor_line(std::string_view line) {
  line = trimmed(line);
  const auto number = leading_number(line);
  if (!number || trimmed(line.substr(number->length)) != "*") {
    return std::nullopt;
  }
  return number->value;
}

bool is_bracketless_heading(std::string_view line) {
  return array_heading(line) || is_column_heading(line) || is_kind_heading(line);
}

bool has_inner_blank(std::string_view field) {
  return trimmed(field).find_first_of(" \t") != std::string_view::npos;
}

bool any_field(std::string_view chars, char separator, bool (*test)(std::string_view)) {
  std::size_t begin = 0;
  while (begin <= chars.size()) {
    std::size_t end = begin;
    while (end < chars.size() && chars[end] != separator && chars[end] != '\n') {
      ++end;
    }
    if (test(chars.substr(begin, end - begin))) {
      return true;
    }
    begin = end + 1;
  }
  return false;
}

// "1,5 2,5": no word ends with a comma, none has two, and some line has two words.
bool commas_are_decimal(std::string_view chars) {
  const bool bad_word = any_field(chars, ' ', [](std::string_view word) {
    word = trimmed(word);
    return std::ranges::count(word, ',') > 1 || word.starts_with(',') || word.ends_with(',');
  });
  return !bad_word && any_field(chars, '\n', has_inner_blank);
}

Style style_of(std::string_view chars) {
  const auto has = [&](char c) { return chars.find(c) != std::string_view::npos; };
  if (has('\t')) {
    return {'\t', ',', false};
  }
  if (has(';') && !any_field(chars, ';', has_inner_blank)) {
    return {';', ',', false};
  }
  const bool rows = has(';');
  if (has(',') && !commas_are_decimal(chars)) {
    return {',', '.', rows};
  }
  return {' ', has(',') ? ',' : '.', rows};
}

class RowReader {
 public:
  explicit RowReader(const PlainText& text) : text_(text), chars_(text.chars()) {}

  Box read() {
    const std::vector<Span> lines = lines_of(chars_);
    std::string data;
    for (const Span& line : lines) {
      const std::string_view chars = chars_of(line);
      matlab_ = matlab_ || is_bracketless_heading(chars);
    }
    for (const Span& line : lines) {
      if (!is_heading(chars_of(line))) {
        data += std::string(trimmed_right(chars_of(line))) + '\n';
      }
    }
    style_ = style_of(data);
    for (const Span& line : lines) {
      read_line(line);
    }
    return box();
  }

 private:
  using Key = std::pair<std::int64_t, std::int64_t>;  // image, channel

  std::string_view chars_of(const Span& line) const {
    return chars_.substr(line.begin, line.end - line.begin);
  }

  // Tabs at the end are empty cells; spaces at the end are ignored.
  static std::string_view trimmed_right(std::string_view line) {
    while (line.ends_with(' ')) {
      line.remove_suffix(1);
    }
    return line;
  }

  bool is_heading(std::string_view line) const {
    return is_bracketless_heading(line) || (matlab_ && factor_line(line));
  }

  void read_line(const Span& line) {
    const std::string_view chars = chars_of(line);
    if (trimmed(chars).empty()) {
      if (!matlab_ && !planes_.empty() && !planes_.rbegin()->second.empty()) {
        ++channel_after_blank_;
      }
    } else if (is_kind_heading(chars)) {
      return;
    } else if (const auto at = array_heading(chars)) {
      key_ = {at->second, at->first};
    } else if (is_column_heading(chars)) {
      auto& blocks = plane().blocks;
      if (!blocks.back().empty()) {
        blocks.emplace_back();
      }
    } else if (const auto factor = matlab_ ? factor_line(chars) : std::nullopt) {
      plane().factor = *factor;
    } else {
      key_.second += std::exchange(channel_after_blank_, 0) > 0 ? 1 : 0;
      read_rows_of(line);
    }
  }

  Plane& plane() { return planes_[key_]; }

  void read_rows_of(const Span& line) {
    std::size_t begin = line.begin;
    while (begin < line.end) {
      const std::size_t semicolon =
          style_.semicolons_end_rows ? first_of(";", begin, line.end) : line.end;
      if (!trimmed(chars_.substr(begin, semicolon - begin)).empty()) {
        plane().blocks.back().push_back(read_row({begin, semicolon}));
      }
      begin = semicolon + 1;
    }
  }

  Row read_row(const Span& line) const {
    Row row;
    std::size_t at = line.begin;
    while (at < line.end && chars_[at] == ' ') {
      ++at;
    }
    row.begin = at;
    while (true) {
      row.values.push_back(read_cell(at, line.end));
      while (at < line.end && chars_[at] == ' ') {
        ++at;
      }
      if (at == line.end) {
        return row;
      }
      if (style_.separator != ' ') {
        if (chars_[at] != style_.separator) {
          refuse_word(text_, at);
        }
        ++at;
        // A CSV line may end with its separator.
        const bool last = chars_.substr(0, line.end).find_first_not_of(" \t", at) == kNowhere;
        if (style_.separator != '\t' && last) {
          return row;
        }
      }
    }
  }

  float read_cell(std::size_t& at, std::size_t end) const {
    while (at < end && chars_[at] == ' ') {
      ++at;
    }
    if (at == end || chars_[at] == style_.separator) {
      fail("array_empty_cell", text_, at);
    }
    const char quote = chars_[at] == '"' || chars_[at] == '\'' ? chars_[at] : '\0';
    at += quote != '\0' ? 1 : 0;
    const std::size_t begin = at;
    const double value = read_value(text_, at, decimal_of(begin, end));
    if (quote != '\0') {
      if (at >= end || chars_[at] != quote) {
        refuse_word(text_, begin);
      }
      ++at;
    }
    const bool ends = at >= end || chars_[at] == ' ' || chars_[at] == style_.separator;
    if (!ends) {
      refuse_word(text_, begin);  // "1,234.5", "5%"
    }
    return small_number(value, false, text_, begin, at);
  }

  // Where commas may be decimal signs, points may be too; whichever the cell contains.
  char decimal_of(std::size_t begin, std::size_t end) const {
    if (style_.decimal != ',') {
      return '.';
    }
    const std::size_t sign = first_of(" \t\n;,", begin, end);
    return sign < end && chars_[sign] == ',' ? ',' : '.';
  }

  // The position of the first of these signs, or `end`. Searches no further, as there may be many
  // lines.
  std::size_t first_of(std::string_view signs, std::size_t begin, std::size_t end) const {
    return std::min(chars_.substr(0, end).find_first_of(signs, begin), end);
  }

  Box box() {
    std::erase_if(planes_, [](const auto& entry) { return entry.second.empty(); });
    if (planes_.empty()) {
      fail("array_empty", text_, 0);
    }
    std::map<std::int64_t, std::vector<Box>> images;
    std::map<std::int64_t, std::vector<std::size_t>> starts;
    for (auto& [key, plane] : planes_) {
      std::size_t start = 0;
      images[key.first].push_back(plane_box(plane, start));
      starts[key.first].push_back(start);
    }
    if (planes_.size() == 1) {
      Box box = std::move(images.begin()->second.front());
      if (box.sides[0] == 1) {
        box.sides.erase(box.sides.begin());  // a single row is a vector
      }
      return box;
    }
    std::vector<Box> stacks;
    std::vector<std::size_t> stack_starts;
    for (auto& [image, boxes] : images) {
      stack_starts.push_back(starts[image].front());
      stacks.push_back(stacked(std::move(boxes), text_, starts[image]));
    }
    return stacks.size() == 1 ? std::move(stacks.front())
                              : stacked(std::move(stacks), text_, stack_starts);
  }

  // Joins the blocks side by side.
  Box plane_box(Plane& plane, std::size_t& start) const {
    std::vector<Box> rows;
    std::vector<std::size_t> starts;
    for (const auto& block : plane.blocks) {
      if (block.empty()) {
        continue;
      }
      if (!rows.empty() && block.size() != rows.size()) {
        fail("array_ragged_blocks", text_, block.front().begin,
             {{"found", std::ssize(block)}, {"expected", std::ssize(rows)}});
      }
      const bool first = rows.empty();
      for (std::size_t i = 0; i < block.size(); ++i) {
        const auto width = std::ssize(block[i].values);
        if (width != std::ssize(block.front().values)) {
          fail("array_ragged", text_, block[i].begin,
               {{"found", width}, {"expected", std::ssize(block.front().values)}});
        }
        if (first) {
          rows.push_back({{0}, {}});
          starts.push_back(block[i].begin);
        }
        rows[i].sides[0] += width;
        for (const float value : block[i].values) {
          rows[i].values.push_back(small_number(static_cast<double>(value) * plane.factor, false,
                                                text_, block[i].begin, block[i].begin));
        }
      }
    }
    start = starts.front();
    return stacked(std::move(rows), text_, starts);
  }

  const PlainText& text_;
  std::string_view chars_;
  Style style_;
  bool matlab_ = false;
  Key key_ = {1, 1};
  int channel_after_blank_ = 0;
  std::map<Key, Plane> planes_;
};

}  // namespace

bool is_kind_heading(std::string_view line) {
  Words words(line);
  if (!words.whole()) {
    return words.accept("Diagonal Matrix") && words.done();
  }
  int sides = 1;
  while (words.accept("*") || words.accept("x")) {
    sides += words.whole() ? 1 : 0;
  }
  return sides > 1 && words.name();
}

Box read_rows(const PlainText& text) { return RowReader(text).read(); }

}  // namespace convscope::imports
