// How similar two words are in spelling, for hints after a typo.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convscope::lesson {

// The number of insertions, deletions and replacements between two words (Levenshtein).
std::size_t spelling_distance(std::string_view a, std::string_view b);

// The nearest word within `farthest` changes, or an empty text.
std::string_view nearest_within(std::string_view wanted, std::span<const std::string_view> words,
                                std::size_t farthest);

// At most `count` of `words`, the nearest first; ties keep their order.
std::vector<std::string> nearest_words(std::string_view wanted, std::span<const std::string> words,
                                       std::size_t count);

}  // namespace convscope::lesson
