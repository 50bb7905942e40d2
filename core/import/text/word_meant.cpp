#include "core/import/text/word_meant.h"

#include <algorithm>

#include "core/lesson/spelling.h"

namespace convscope::imports {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

std::string_view word_meant(std::string_view word, std::span<const std::string_view> known) {
  constexpr std::size_t kFarthest = 2;
  return word.empty() ? std::string_view()
                      : lesson::nearest_within(word, known, std::min(kFarthest, word.size() - 1));
}

}  // namespace convscope::imports
