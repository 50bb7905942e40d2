// What a person copies is often a session with an interpreter, or a block of Markdown. Internal to
// layer_text.
#pragma once

#include <string>
#include <string_view>

namespace convscope::imports {

// The text with what is not code made blank, so that rows and columns stay: prompts (">>> ", "...
// ", "In [3]: "), fences (```), and in a session with prompts the lines that were printed.
std::string typed_lines(std::string_view text);

// The opposite: only what a session printed; empty if there are no prompts.
std::string printed_lines(std::string_view text);

}  // namespace convscope::imports
