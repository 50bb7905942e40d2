// Where the blocks of pasted Python begin and end. Internal to python_text.
#pragma once

#include <cstddef>
#include <string_view>

namespace convscope::imports {

// "def f(x):" with the lines below it that are indented further, or what follows on its own line.
struct PythonBlock {
  std::size_t colon = 0;  // of its first line
  std::size_t body = 0;   // behind the colon
  std::size_t end = 0;    // behind its last line
};

// The block whose first line begins at `at`. Without a colon the block is empty and ends with the
// line.
PythonBlock block_at(std::string_view chars, std::size_t at);

// The first of `ends` outside brackets, quotes and comments, from `at` on; the end of the text if
// there is none. A bracket that closes more than was opened ends the search, too.
std::size_t find_outside(std::string_view chars, std::size_t at, std::string_view ends);

// Where the comprehension's "for" stands, up to the bracket that closes at the end; npos without
// one.
std::size_t find_comprehension(std::string_view chars, std::size_t at);

}  // namespace convscope::imports
