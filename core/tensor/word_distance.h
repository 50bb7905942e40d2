// How far a mistyped word is from one that is known.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace convscope {

// Insertions, deletions and replacements between two words (Levenshtein).
std::size_t word_distance(std::string_view a, std::string_view b);

// The known word that may be meant: the nearest, if two changes or fewer lead to it and leave
// something of the word; else an empty text.
std::string_view word_meant(std::string_view word, std::span<const std::string_view> known);

}  // namespace convscope
