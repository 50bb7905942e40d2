// A document to begin with: zeros, and one convolution.
#pragma once

#include <cstdint>

#include "core/lesson/lesson.h"

namespace convscope::lesson {

struct BlankSizes {
  std::int64_t size = 8;  // of the input, both ways
  std::int64_t channels = 1;
  std::int64_t kernel = 3;
};

// Each size is put between 1 and what a window can show as cells; the kernel fits the input. The
// filter's diagonals are 1, so that whatever is painted shows in the map.
Lesson blank_lesson(BlankSizes sizes, LocalizedText title);

}  // namespace convscope::lesson
