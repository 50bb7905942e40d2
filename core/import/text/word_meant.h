// Words among known ones, and what a mistyped word was meant to be.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

namespace convscope::imports {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words);

// The nearest known word, at most two changes away and fewer than `word` has bytes; otherwise an
// empty text.
std::string_view word_meant(std::string_view word, std::span<const std::string_view> known);

}  // namespace convscope::imports
