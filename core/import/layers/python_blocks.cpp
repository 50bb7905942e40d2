#include "core/import/layers/python_blocks.h"

#include <algorithm>
#include <string>

#include "core/import/text/plain_text.h"

namespace convscope::imports {
namespace {

bool is_at(std::string_view chars, std::size_t at, std::string_view word) {
  return chars.substr(at).starts_with(word);
}

// Behind the string that begins at `at`.
std::size_t behind_quotes(std::string_view chars, std::size_t at) {
  const char quote = chars[at];
  const std::string triple(3, quote);
  const bool long_one = is_at(chars, at, triple);
  const std::size_t begin = at + (long_one ? 3 : 1);
  const std::size_t close = long_one ? chars.find(triple, begin) : chars.find(quote, begin);
  const std::size_t line = std::min(chars.find('\n', begin), chars.size());
  if (close == std::string_view::npos || (!long_one && close > line)) {
    return long_one ? chars.size() : line;
  }
  return close + (long_one ? 3 : 1);
}

// Calls `visit` with each place outside quotes and comments and the number of brackets open there,
// until it returns true; returns that place, or the end.
template <typename Visit>
std::size_t walk(std::string_view chars, std::size_t at, const Visit& visit) {
  int open = 0;
  while (at < chars.size()) {
    const char c = chars[at];
    if (c == '"' || c == '\'') {
      at = behind_quotes(chars, at);
      continue;
    }
    if (c == '#') {
      at = std::min(chars.find('\n', at), chars.size());
      continue;
    }
    if (visit(at, open)) {
      return at;
    }
    open += c == '(' || c == '[' || c == '{' ? 1 : 0;
    open -= c == ')' || c == ']' || c == '}' ? 1 : 0;
    if (open < 0) {
      return at;
    }
    ++at;
  }
  return chars.size();
}

std::size_t line_start(std::string_view chars, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : chars.rfind('\n', at - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

}  // namespace

std::size_t find_outside(std::string_view chars, std::size_t at, std::string_view ends) {
  return walk(chars, at, [&](std::size_t here, int open) {
    return open == 0 && ends.find(chars[here]) != std::string_view::npos;
  });
}

std::size_t find_comprehension(std::string_view chars, std::size_t at) {
  const std::size_t found = walk(chars, at, [&](std::size_t here, int open) {
    return open == 0 && is_at(chars, here, "for ") && here > 0 && !is_name_part(chars[here - 1]);
  });
  return found < chars.size() && is_at(chars, found, "for ") ? found : std::string_view::npos;
}

PythonBlock block_at(std::string_view chars, std::size_t at) {
  const std::size_t margin = at - line_start(chars, at);
  PythonBlock block;
  block.colon = find_outside(chars, at, ":\n");
  block.body = std::min(block.colon + 1, chars.size());
  block.end = block.body;
  if (block.colon >= chars.size() || chars[block.colon] == '\n') {
    return block;
  }
  const std::size_t line = find_outside(chars, block.body, "\n");
  const std::size_t first = chars.find_first_not_of(" \t", block.body);
  if (first < line && chars[first] != '#') {
    block.end = line;  // "if x: y = 1"
    return block;
  }
  // The first line outside brackets that is indented no further ends it.
  block.end = walk(chars, block.body, [&](std::size_t here, int open) {
    const bool starts = open == 0 && here > block.body && !is_blank(chars[here]) &&
                        chars[here] != '\n' &&
                        chars.find_first_not_of(" \t", line_start(chars, here)) == here;
    return starts && here - line_start(chars, here) <= margin;
  });
  return block;
}

}  // namespace convscope::imports
