// Moves over pasted Python: blanks, comments, prompts and names. Internal to python_text.
#pragma once

#include <string>
#include <string_view>

#include "core/import/plain_text.h"

namespace convscope::imports {

class PythonScanner {
 protected:
  // `text` must outlive it.
  explicit PythonScanner(const PlainText& text) : text_(text), chars_(text.chars()) {}

  bool at_end() const { return at_ >= chars_.size(); }
  char peek() const { return at_end() ? '\0' : chars_[at_]; }
  bool starts_line(std::string_view word) const { return chars_.substr(at_).starts_with(word); }
  std::size_t line_end() const;

  // Blanks, comments, prompts and continued lines; `lines`: also new lines, as inside brackets.
  void skip_space(bool lines);

  // A dotted name; its indices are passed over: "conv[1].weight.data" is conv.weight.data.
  std::string name();

  // Refuses what stands at `at`.
  [[noreturn]] void unexpected(std::size_t at) const;
  [[noreturn]] void fail(const char* code, std::size_t at, ProblemValues more = {}) const;

  const PlainText& text_;
  std::string_view chars_;
  std::size_t at_ = 0;

 private:
  // The interpreter's ">>> " and "... " at the beginning of a line.
  bool at_prompt() const;
};

}  // namespace convscope::imports
