// The next choice of a list; after the last comes the first.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "core/lesson/enum_names.h"

namespace convscope::panels {

template <typename Value, std::size_t kCount>
Value following(const lesson::Words<Value, kCount>& words, Value current) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (words[i].second == current) {
      return words[(i + 1) % kCount].second;
    }
  }
  return words.front().second;
}

}  // namespace convscope::panels
