// How near two words are in spelling, for hints after a typing error.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convscope::lesson {

// Insertions, deletions and replacements between two words (Levenshtein).
std::size_t spelling_distance(std::string_view a, std::string_view b);

// The word that is nearest, if `farthest` changes or fewer lead to it; else an empty text.
std::string_view nearest_within(std::string_view wanted, std::span<const std::string_view> words,
                                std::size_t farthest);

// At most `count` of `words`, the nearest first; equally near ones keep their order.
std::vector<std::string> nearest_words(std::string_view wanted, std::span<const std::string> words,
                                       std::size_t count);

}  // namespace convscope::lesson
