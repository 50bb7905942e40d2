#include "core/import/layers/python_text.h"

#include <algorithm>
#include <utility>

#include "core/import/layers/layer_reader.h"
#include "core/import/layers/python_values.h"

namespace convscope::imports {
namespace {

class PythonReader : private PythonValues {
 public:
  explicit PythonReader(const PlainText& text) : PythonValues(text) {}

  std::vector<PythonStatement> statements() {
    std::vector<PythonStatement> all;
    while (next_statement() && !at_forward()) {
      if (skip_scaffold()) {
        continue;
      }
      PythonStatement found = statement();
      if (keep(found)) {
        found.as_defined = in_class_ && found.target.starts_with("self.");
        all.push_back(std::move(found));
        expect_end();
      }
    }
    if (!at_end()) {
      forward(all);
    }
    for (PythonStatement& statement : all) {
      statement.used = used(statement.target);
    }
    return all;
  }

 private:
  // Goes to the next statement; false at the end of the text.
  bool next_statement() {
    skip_space(true);
    while (peek() == ';' || peek() == ',') {
      ++at_;
      skip_space(true);
    }
    in_class_ = in_class_ || starts_line("class ");
    return !at_end();
  }

  void expect_end() {
    skip_space(false);
    if (!at_end() && peek() != '\n' && peek() != ';' && peek() != ',') {
      unexpected(at_);
    }
  }

  bool at_forward() const { return starts_line("def forward") || starts_line("def call"); }

  // Appends the statements of "def forward", if all are such as can be read.
  void forward(std::vector<PythonStatement>& all) {
    const std::int64_t margin = text_.place(at_).column;
    const std::size_t before = all.size();
    try {
      skip_to(":\n");
      ++at_;
      while (next_statement() && text_.place(at_).column > margin) {
        at_ += starts_line("return ") ? 7 : 0;
        PythonStatement found = statement();
        found.in_forward = true;
        if (found.value.kind != PythonValue::Kind::kText) {
          all.push_back(std::move(found));
        }
        expect_end();
      }
    } catch (const Failure&) {
      all.resize(before);
    }
  }

  // Skips one of the lines that surround layers in a file; returns whether there was one.
  bool skip_scaffold() {
    for (const char* word : {"import ", "from "}) {
      if (starts_line(word)) {
        skip_to(";\n");
        return true;
      }
    }
    if (starts_line("def ")) {
      parameters();
      return true;
    }
    for (const char* word :
         {"class ", "super(", "super().", "return", "@", "pass\n", "if __name__", "with "}) {
      if (starts_line(word)) {
        at_ = line_end();
        return true;
      }
    }
    return false;
  }

  // Skips to one of `ends` outside brackets.
  void skip_to(std::string_view ends) {
    int open = 0;
    while (!at_end() && (open > 0 || ends.find(peek()) == std::string_view::npos)) {
      open += peek() == '(' || peek() == '[' ? 1 : 0;
      open -= peek() == ')' || peek() == ']' ? 1 : 0;
      ++at_;
    }
  }

  // "def __init__(self, width: int = 64):" makes `width` 64, as if it were called without
  // arguments.
  void parameters() {
    at_ = std::min(chars_.find_first_of("(\n", at_), chars_.size());
    const std::size_t begin = at_;
    skip_to(":\n");
    const std::size_t end = at_;
    read_defaults(begin, end);
    at_ = end;
    at_ = line_end();
  }

  void read_defaults(std::size_t begin, std::size_t end) {
    std::string name;
    at_ = std::min(begin + 1, end);
    while (skip_space(true), at_ < end) {
      if (is_name_start(peek())) {
        const std::size_t from = at_;
        while (is_name_part(peek())) {
          ++at_;
        }
        const std::string word(chars_.substr(from, at_ - from));
        name = name.empty() ? word : name;  // not its type
      } else if (peek() == '=') {
        ++at_;
        skip_space(true);
        const bool known = is_digit(peek()) || peek() == '"' || peek() == '\'' ||
                           starts_line("True") || starts_line("False");
        const PythonValue usual = known ? value(0) : PythonValue{};
        if (known && usual.kind != PythonValue::Kind::kReal) {
          assign(name, usual);
        }
      } else {
        name = peek() == ',' ? "" : name;
        ++at_;
      }
    }
  }

  // Whether it is a statement to hand on: not a docstring, nor a number that only gets a name.
  bool keep(const PythonStatement& found) {
    const PythonValue& value = found.value;
    if (found.target.empty()) {
      return value.kind != PythonValue::Kind::kText;
    }
    const bool tensor = value.kind == PythonValue::Kind::kCall && makes_tensor(value.word);
    if (value.kind == PythonValue::Kind::kWhole || tensor) {
      assign(found.target, value);
      return tensor;
    }
    forget(found.target);
    return true;
  }

  PythonStatement statement() {
    PythonStatement found;
    const std::size_t begin = at_;
    if (is_name_start(peek())) {
      found.target = name();
      skip_space(false);
      if (peek() == ':') {
        skip_to("=\n");  // a type: "conv: nn.Module = ..."
      }
      at_ += starts_line("+=") ? 1 : 0;  // "layers += [...]"
      if (peek() == '=' && !starts_line("==")) {
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

  bool in_class_ = false;
};

}  // namespace

std::vector<PythonStatement> parse_python(const PlainText& text) {
  return PythonReader(text).statements();
}

}  // namespace convscope::imports
