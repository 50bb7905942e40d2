#include "core/picture/kit/plane.h"

#include <algorithm>

namespace convscope::picture::kit {

Plane plane_at(float x, float y, const PlaneSize& size, float cell) {
  return {.rect = {x + static_cast<float>(size.ring.left) * cell,
                   y + static_cast<float>(size.ring.top) * cell, static_cast<float>(size.w) * cell,
                   static_cast<float>(size.h) * cell},
          .h = size.h,
          .w = size.w,
          .cell = cell};
}

Rect intersection(const Rect& a, const Rect& b) {
  const float x0 = std::max(a.x, b.x);
  const float y0 = std::max(a.y, b.y);
  return {x0, y0, std::max(0.0F, std::min(a.right(), b.right()) - x0),
          std::max(0.0F, std::min(a.bottom(), b.bottom()) - y0)};
}

bool meet(const Rect& a, const Rect& b) {
  const Rect both = intersection(a, b);
  return both.w > 0 && both.h > 0;
}

}  // namespace convscope::picture::kit
