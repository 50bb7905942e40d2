#include "core/import/arrays/table_marks.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/import/arrays/array_reader.h"
#include "core/import/text/plain_text.h"
#include "core/tensor/number_text.h"

namespace convscope::imports {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

void blank(std::string& chars, const Span& span) {
  std::fill(chars.begin() + static_cast<std::ptrdiff_t>(span.begin),
            chars.begin() + static_cast<std::ptrdiff_t>(span.end), ' ');
}

// The line as a whole, with its end.
void drop_line(std::string& chars, const Span& line) {
  blank(chars, {line.begin, std::min(line.end + 1, chars.size())});
}

// Writes `words` there, and spaces behind it.
void replace(std::string& chars, const Span& span, std::string_view words) {
  blank(chars, span);
  std::copy(words.begin(), words.end(), chars.begin() + static_cast<std::ptrdiff_t>(span.begin));
}

std::string_view in(std::string_view chars, const Span& span) {
  return chars.substr(span.begin, span.end - span.begin);
}

// Behind the braces that open at `at`; `at` if none do.
std::size_t behind_braces(std::string_view chars, std::size_t at) {
  if (at >= chars.size() || chars[at] != '{') {
    return at;
  }
  const std::size_t close = chars.find('}', at);
  return close == kNowhere ? at : close + 1;
}

// "\frac{1}{16}" as "1/16", "0{,}5" as "0.5".
void write_fractions(std::string& chars) {
  for (const std::string_view word : {"\\frac", "\\dfrac", "\\tfrac"}) {
    for (std::size_t at = chars.find(word); at != kNowhere; at = chars.find(word, at + 1)) {
      const std::size_t above = at + word.size();
      const std::size_t below = behind_braces(chars, above);
      const std::size_t end = behind_braces(chars, below);
      if (below > above && end > below) {
        const std::string both = chars.substr(above + 1, below - above - 2) + "/" +
                                 chars.substr(below + 1, end - below - 2);
        replace(chars, {at, end}, both);
      }
    }
  }
  for (std::size_t at = chars.find("{,}"); at != kNowhere; at = chars.find("{,}", at)) {
    std::size_t end = at + 3;
    while (end < chars.size() && is_digit(chars[end])) {
      ++end;
    }
    replace(chars, {at, end}, "." + chars.substr(at + 3, end - at - 3));
  }
}

// "\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}" as "[ 1 , 2 ; 3 , 4 ]".
void write_latex(std::string& chars) {
  write_fractions(chars);
  for (std::size_t at = 0; (at = chars.find('\\', at)) != kNowhere;) {
    const std::string_view rest = std::string_view(chars).substr(at);
    std::size_t end = at + 1;
    while (end < chars.size() && is_name_start(chars[end]) && chars[end] != '_') {
      ++end;
    }
    if (rest.starts_with("\\begin{")) {
      end = behind_braces(chars, end);
      end = behind_braces(chars, end);  // the columns of a tabular
      const std::size_t before = chars.find_last_not_of(" \n", at - (at > 0 ? 1 : 0));
      const bool factor = at > 0 && before != kNowhere && is_digit(chars[before]);
      replace(chars, {at, end}, factor ? "*[" : "[");
    } else if (rest.starts_with("\\end{")) {
      end = behind_braces(chars, end);
      // The last row may end like the others.
      const std::size_t before = chars.find_last_not_of(" \n", at - (at > 0 ? 1 : 0));
      if (before != kNowhere && chars[before] == ';') {
        chars[before] = ' ';
      }
      replace(chars, {at, end}, "]");
    } else if (rest.starts_with("\\\\")) {
      end = at + 2;
      replace(chars, {at, end}, ";");
    } else {
      end = behind_braces(chars, end);
      blank(chars, {at, end});  // \hline, \left, \displaystyle, \cline{1-2}
    }
    at = end;
  }
  std::ranges::replace(chars, '&', ',');
  std::ranges::replace(chars, '$', ' ');
}

// "|---|:--:|".
bool is_rule(std::string_view line) {
  return line.find('-') != kNowhere && line.find_first_not_of(" |-:+=\t") == kNowhere &&
         (line.find('|') != kNowhere || line.find('+') != kNowhere);
}

void write_markdown(std::string& chars) {
  const std::vector<Span> lines = lines_of(chars);
  for (const Span& line : lines) {
    if (is_rule(in(chars, line))) {
      drop_line(chars, line);
      continue;
    }
    const std::string_view words = in(chars, line);
    const std::size_t first = words.find_first_not_of(" \t");
    const std::size_t last = words.find_last_not_of(" \t");
    for (std::size_t i = line.begin; i < line.end; ++i) {
      if (chars[i] == '|') {
        const bool outer = i == line.begin + first || i == line.begin + last;
        chars[i] = outer ? ' ' : '\t';
      }
    }
  }
}

bool is_number(std::string_view field) {
  field = trimmed(field);
  if (field.size() > 1 && (field.front() == '"' || field.front() == '\'') &&
      field.back() == field.front()) {
    field = field.substr(1, field.size() - 2);
  }
  for (const char decimal : {'.', ','}) {
    const auto number = leading_number(field, decimal);
    const std::string_view rest = number ? field.substr(number->length) : field;
    if (number && (rest.empty() || rest == "f" || rest.starts_with('/'))) {
      return true;
    }
  }
  return false;
}

std::vector<Span> fields_of(std::string_view chars, const Span& line, char separator) {
  std::vector<Span> fields;
  std::size_t begin = line.begin;
  while (begin <= line.end) {
    if (separator == ' ') {
      begin = std::min(chars.substr(0, line.end).find_first_not_of(" \t", begin), line.end);
      if (begin == line.end) {
        break;
      }
    }
    const std::size_t end = std::min(chars.substr(0, line.end).find(separator, begin), line.end);
    fields.push_back({begin, end});
    begin = end + 1;
  }
  return fields;
}

struct Fields {
  Span line;
  std::vector<Span> all;
  std::size_t numbers = 0;        // how many are numbers, or NaN and infinity, which are no names
  bool label = false;             // only the first is none
  std::optional<double> leading;  // the first, as a number
};

Fields read_fields(std::string_view chars, const Span& line, char separator) {
  Fields fields;
  fields.line = line;
  fields.all = fields_of(chars, line, separator);
  for (const Span& field : fields.all) {
    const std::string_view word = trimmed(in(chars, field));
    fields.numbers += is_number(word) || is_not_finite(word) ? 1U : 0U;
  }
  const bool first = !fields.all.empty() && is_number(in(chars, fields.all.front()));
  fields.label = !first && !is_not_finite(trimmed(in(chars, fields.all.front()))) &&
                 fields.all.size() > 1 && fields.numbers + 1 == fields.all.size();
  if (first) {
    fields.leading = leading_number(trimmed(in(chars, fields.all.front())))->value;
  }
  return fields;
}

// Names above the columns and before the rows, and the numbers that pandas prints in their place.
void drop_labels(std::string& chars) {
  const char separator = chars.find('\t') != kNowhere  ? '\t'
                         : chars.find(';') != kNowhere ? ';'
                         : chars.find(',') != kNowhere ? ','
                                                       : ' ';
  std::vector<Fields> rows;
  for (const Span& line : lines_of(chars)) {
    if (!trimmed(in(chars, line)).empty()) {
      rows.push_back(read_fields(chars, line, separator));
    }
  }
  if (rows.size() < 2) {
    return;
  }
  const auto whole = [](const Fields& row) { return row.numbers == row.all.size(); };
  const bool named = rows.front().numbers == 0;
  const std::vector<Fields> body(rows.begin() + 1, rows.end());
  const bool labelled = std::ranges::all_of(body, &Fields::label);
  // A data frame: its heading has one field less, and its rows count from 0.
  bool counted = separator == ' ' && rows.front().all.size() + 1 == body.front().all.size();
  for (std::size_t i = 0; i < body.size(); ++i) {
    counted = counted && whole(body[i]) && body[i].leading == static_cast<double>(i);
  }
  const bool all_labelled = labelled && rows.front().label;
  if (!all_labelled && ((named && (labelled || std::ranges::all_of(body, whole))) || counted ||
                        (labelled && rows.front().all.size() + 1 == body.front().all.size()))) {
    drop_line(chars, rows.front().line);
  }
  if (labelled || counted) {
    for (const Fields& row : all_labelled ? rows : body) {
      blank(chars, {row.all[0].begin, std::min(row.all[0].end + 1, row.line.end)});
    }
  }
}

}  // namespace

std::string without_table_marks(std::string_view chars) {
  std::string table(chars);
  if (table.find("\\begin{") != kNowhere) {
    write_latex(table);
    return table;
  }
  const bool brackets = table.find_first_of("[{(=") != kNowhere;
  if (table.find('|') != kNowhere) {
    write_markdown(table);
  }
  if (!brackets) {
    drop_labels(table);
  }
  return table;
}

}  // namespace convscope::imports
