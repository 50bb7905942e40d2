#include "core/import/layers/session_lines.h"

#include <algorithm>
#include <cstddef>

#include "core/import/text/plain_text.h"

namespace convscope::imports {
namespace {

std::size_t blanks_before(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

// The length of "In [12]:" or "Out[12]:" at the start of the line; 0 if there is none.
std::size_t numbered(std::string_view line, std::string_view word) {
  if (!line.starts_with(word)) {
    return 0;
  }
  std::size_t at = word.size();
  while (at < line.size() && is_digit(line[at])) {
    ++at;
  }
  return at > word.size() && line.substr(at).starts_with("]:") ? at + 2 : 0;
}

// The length of the prompt with the blanks before it; 0 without one.
std::size_t prompt_length(std::string_view line, bool in_session) {
  const std::size_t blanks = blanks_before(line);
  const std::string_view rest = line.substr(blanks);
  if (rest.starts_with(">>>")) {
    return blanks + 3;
  }
  if (const std::size_t length = numbered(rest, "In [")) {
    return blanks + length;
  }
  // "...:" continues IPython's.
  const bool more = in_session && (rest == "..." || rest.starts_with("... ") ||
                                   rest.starts_with("...:") || rest.starts_with("...\r"));
  return more ? blanks + (rest.starts_with("...:") ? 4 : 3) : 0;
}

template <typename Each>
void each_line(std::string_view text, const Each& each) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    each(text.substr(at, end - at), end < text.size());
    at = end + 1;
  }
}

bool is_session(std::string_view text) {
  bool found = false;
  each_line(text,
            [&](std::string_view line, bool) { found = found || prompt_length(line, false) > 0; });
  return found;
}

}  // namespace

std::string typed_lines(std::string_view text) {
  const bool session = is_session(text);
  std::string typed;
  each_line(text, [&](std::string_view line, bool more) {
    const std::size_t prompt = prompt_length(line, session);
    const bool fence = line.substr(blanks_before(line)).starts_with("```");
    if (prompt > 0) {
      typed.append(prompt, ' ').append(line.substr(prompt));
    } else if (!session && !fence) {
      typed += line;
    }
    typed += more ? "\n" : "";
  });
  return typed;
}

std::string printed_lines(std::string_view text) {
  const bool session = is_session(text);
  std::string printed;
  each_line(text, [&](std::string_view line, bool more) {
    if (session && prompt_length(line, true) == 0) {
      const std::size_t mark = numbered(line, "Out[");
      printed.append(mark, ' ').append(line.substr(mark));
    }
    printed += more && session ? "\n" : "";
  });
  return printed;
}

}  // namespace convscope::imports
