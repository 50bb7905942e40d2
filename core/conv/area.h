// Area: a rectangle of cells, in every map of a tensor alike.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/tensor/tensor.h"

namespace convscope::conv {

struct Area {
  std::int64_t y = 0;
  std::int64_t x = 0;
  std::int64_t h = 0;
  std::int64_t w = 0;

  bool empty() const { return h <= 0 || w <= 0; }
  std::int64_t count() const { return empty() ? 0 : h * w; }
  bool operator==(const Area&) const = default;
};

inline Area whole(const Shape& shape) { return {0, 0, shape.h, shape.w}; }

// The smallest area with both.
inline Area joined(const Area& a, const Area& b) {
  if (a.empty() || b.empty()) {
    return a.empty() ? b : a;
  }
  const std::int64_t y = std::min(a.y, b.y);
  const std::int64_t x = std::min(a.x, b.x);
  return {y, x, std::max(a.y + a.h, b.y + b.h) - y, std::max(a.x + a.w, b.x + b.w) - x};
}

}  // namespace convscope::conv
