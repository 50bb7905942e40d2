#include "core/picture/kit/plane.h"

#include <algorithm>
#include <cmath>

namespace convscope::picture::kit {

Plane plane_at(float x, float y, const PlaneSize& size, float cell) {
  return {.rect = {x + static_cast<float>(size.ring.left) * cell,
                   y + static_cast<float>(size.ring.top) * cell, static_cast<float>(size.w) * cell,
                   static_cast<float>(size.h) * cell},
          .h = size.h,
          .w = size.w,
          .cell = cell};
}

CellSpan cells_between(float from, float to, float start, float cell, std::int64_t count) {
  if (!(cell > 0)) {
    return {};
  }
  const auto nth = [&](float at, double spare) {
    const double cells =
        (static_cast<double>(at) - static_cast<double>(start)) / static_cast<double>(cell);
    return static_cast<std::int64_t>(
        std::clamp(std::floor(cells) + spare, 0.0, static_cast<double>(count)));
  };
  return {nth(from, -1), nth(to, 2)};
}

bool meet(const Rect& a, const Rect& b) {
  const Rect both = intersection(a, b);
  return both.w > 0 && both.h > 0;
}

}  // namespace convscope::picture::kit
