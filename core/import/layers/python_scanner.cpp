#include "core/import/layers/python_scanner.h"

#include <algorithm>
#include <utility>

namespace convscope::imports {

void PythonScanner::fail(const char* code, std::size_t at, ProblemValues more) const {
  throw Failure({code, "", text_.values_at(at, std::move(more))});
}

std::size_t PythonScanner::line_end() const {
  return std::min(chars_.find('\n', at_), chars_.size());
}

void PythonScanner::skip_space(bool lines) {
  while (!at_end()) {
    const char c = peek();
    if (c == '#') {
      at_ = line_end();
    } else if (is_blank(c) || (lines && c == '\n')) {
      ++at_;
    } else if (c == '\\' && at_ + 1 < chars_.size() && chars_[at_ + 1] == '\n') {
      at_ += 2;
    } else {
      return;
    }
  }
}

void PythonScanner::unexpected(std::size_t at) const {
  if (at >= chars_.size()) {
    fail("layer_text_ends", at);
  }
  std::size_t end = at + 1;
  while (is_name_start(chars_[at]) && end < chars_.size() && is_name_part(chars_[end])) {
    ++end;
  }
  if (chars_[at] == '\n') {
    fail("layer_text_line_ends", at);
  }
  fail("layer_text_unexpected", at, {{"word", text_.quoted(at, end)}});
}

std::string PythonScanner::name() {
  std::string word;
  while (true) {
    if (!is_name_start(peek())) {
      unexpected(at_);
    }
    while (is_name_part(peek())) {
      word += chars_[at_++];
    }
    while (peek() == '[') {
      const std::size_t close = chars_.find(']', at_);
      const std::string_view index =
          close == std::string_view::npos ? "" : chars_.substr(at_ + 1, close - at_ - 1);
      if (index.empty() || !std::ranges::all_of(index, is_digit)) {
        unexpected(at_);
      }
      at_ = close + 1;  // only the dotted name matters
    }
    if (peek() != '.') {
      return word;
    }
    word += chars_[at_++];
  }
}

}  // namespace convscope::imports
