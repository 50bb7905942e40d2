#include "core/lesson/spelling.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace convscope::lesson {

std::size_t spelling_distance(std::string_view a, std::string_view b) {
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

std::string_view nearest_within(std::string_view wanted, std::span<const std::string_view> words,
                                std::size_t farthest) {
  std::string_view nearest;
  std::size_t least = farthest + 1;
  for (const std::string_view word : words) {
    const std::size_t distance = spelling_distance(wanted, word);
    nearest = distance < least ? word : nearest;
    least = std::min(least, distance);
  }
  return nearest;
}

std::vector<std::string> nearest_words(std::string_view wanted, std::span<const std::string> words,
                                       std::size_t count) {
  std::vector<std::string> nearest(words.begin(), words.end());
  std::ranges::stable_sort(
      nearest, {}, [&](const std::string& word) { return spelling_distance(wanted, word); });
  nearest.resize(std::min(count, nearest.size()));
  return nearest;
}

}  // namespace convscope::lesson
