// Steps through pasted Python: spaces, comments and names. Internal to python_text.
#pragma once

#include <string>
#include <string_view>

#include "core/import/text/plain_text.h"

namespace convscope::imports {

class PythonScanner {
 protected:
  // `text` must outlive it.
  explicit PythonScanner(const PlainText& text) : text_(text), chars_(text.chars()) {}

  bool at_end() const { return at_ >= chars_.size(); }
  char peek() const { return at_end() ? '\0' : chars_[at_]; }
  bool starts_line(std::string_view word) const { return chars_.substr(at_).starts_with(word); }
  std::size_t line_end() const;

  // Skips spaces, comments and line continuations; `lines`: also newlines, as inside
  // brackets.
  void skip_space(bool lines);

  // A dotted name without indices: "conv[1].weight.data" is read as conv.weight.data.
  std::string name();

  // Refuses the text at `at`.
  [[noreturn]] void unexpected(std::size_t at) const;
  [[noreturn]] void fail(const char* code, std::size_t at, ProblemValues more = {}) const;

  const PlainText& text_;
  std::string_view chars_;
  std::size_t at_ = 0;
};

}  // namespace convscope::imports
