#include "core/tensor/word_distance.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace convscope {

std::size_t word_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::string_view word_meant(std::string_view word, std::span<const std::string_view> known) {
  constexpr std::size_t kFarthest = 2;
  if (known.empty()) {
    return {};
  }
  const auto nearest = std::ranges::min_element(
      known, {}, [&](std::string_view other) { return word_distance(word, other); });
  const std::size_t distance = word_distance(word, *nearest);
  return distance <= kFarthest && distance < word.size() ? *nearest : std::string_view();
}

}  // namespace convscope
