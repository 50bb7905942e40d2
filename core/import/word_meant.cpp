#include "core/import/word_meant.h"

#include <algorithm>

#include "core/lesson/spelling.h"

namespace convscope::imports {

std::string_view word_meant(std::string_view word, std::span<const std::string_view> known) {
  constexpr std::size_t kFarthest = 2;
  const auto distance = [&](std::string_view other) {
    return lesson::spelling_distance(word, other);
  };
  const auto nearest = std::ranges::min_element(known, {}, distance);
  if (nearest == known.end()) {
    return {};
  }
  const std::size_t changes = distance(*nearest);
  return changes <= kFarthest && changes < word.size() ? *nearest : std::string_view();
}

}  // namespace convscope::imports
