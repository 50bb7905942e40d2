// What a document can hold of a picture: no NaN, no infinities, no sizes whose sums may become
// such.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/picture/display/picture.h"

namespace convscope::picture {

inline bool drawable(float value) { return std::abs(value) < 1e9F; }

inline bool drawable(Point point) { return drawable(point.x) && drawable(point.y); }

inline bool drawable(const Rect& rect) {
  return drawable(rect.x) && drawable(rect.y) && drawable(rect.w) && drawable(rect.h);
}

inline bool drawable(const std::vector<Point>& points) {
  return std::all_of(points.begin(), points.end(), [](Point p) { return drawable(p); });
}

inline bool has_outline(Rgba color, float width) {
  return color.a > 0 && width > 0 && drawable(width);
}

// The page: (0, 0) and the picture's size.
inline Rect whole_page(const Picture& picture) {
  return {0, 0, drawable(picture.width) ? std::max(0.0F, picture.width) : 0.0F,
          drawable(picture.height) ? std::max(0.0F, picture.height) : 0.0F};
}

}  // namespace convscope::picture
