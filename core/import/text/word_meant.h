// What a mistyped word was meant to be.
#pragma once

#include <span>
#include <string_view>

namespace convscope::imports {

// The nearest known word, at most two changes away and fewer than `word` has bytes; otherwise an
// empty text.
std::string_view word_meant(std::string_view word, std::span<const std::string_view> known);

}  // namespace convscope::imports
