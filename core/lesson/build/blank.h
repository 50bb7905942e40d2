// A document to start with: zeros, and one convolution.
#pragma once

#include <cstdint>

#include "core/lesson/lesson.h"

namespace convscope::lesson {

inline constexpr std::int64_t kMostBlankSize = 256;
inline constexpr std::int64_t kMostBlankChannels = 64;

struct BlankSizes {
  std::int64_t size = 8;  // of the input, both ways
  std::int64_t channels = 1;
  std::int64_t kernel = 3;
};

// Each size is clamped between 1 and these limits, at which a window can still show cells; the
// kernel fits the input. The filter's diagonals are 1, so that whatever is painted shows in the
// map.
Lesson blank_lesson(BlankSizes sizes, LocalizedText title);

}  // namespace convscope::lesson
