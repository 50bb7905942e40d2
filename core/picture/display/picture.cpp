#include "core/picture/display/picture.h"

#include <algorithm>
#include <cmath>

namespace convscope::picture {

namespace {

bool inside_all(const std::vector<Rect>& clips, Point point) {
  return std::all_of(clips.begin(), clips.end(),
                     [&](const Rect& clip) { return clip.contains(point); });
}

// Works for either winding: the point is on one side of all edges.
bool inside_convex(const std::vector<Point>& points, Point p) {
  bool left = false;
  bool right = false;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point a = points[i];
    const Point b = points[(i + 1) % points.size()];
    const float side = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    left = left || side < 0;
    right = right || side > 0;
  }
  return points.size() >= 3 && left != right;
}

// Index of the cell of `count` cells along `start .. start + length` that holds `at`.
std::int64_t cell_index(float at, float start, float length, std::int64_t count) {
  const double part = (static_cast<double>(at) - static_cast<double>(start)) /
                      static_cast<double>(length) * static_cast<double>(count);
  return std::clamp(static_cast<std::int64_t>(std::floor(part)), std::int64_t{0}, count - 1);
}

// What one record has at a point.
struct TargetAt {
  Point point;

  std::optional<session::Target> operator()(const Box& box) const {
    return box.rect.contains(point) ? box.target : std::nullopt;
  }
  std::optional<session::Target> operator()(const Text& text) const {
    return text.target_rect.contains(point) ? text.target : std::nullopt;
  }
  std::optional<session::Target> operator()(const Polygon& polygon) const {
    return polygon.target && inside_convex(polygon.points, point) ? polygon.target : std::nullopt;
  }
  std::optional<session::Target> operator()(const TensorGrid& grid) const {
    const Shape& shape = grid.tensor.shape();
    if (shape.h <= 0 || shape.w <= 0 || !grid.rect.contains(point) ||
        !grid.visible.contains(point)) {
      return std::nullopt;
    }
    return session::Target{grid.role,
                           {grid.n, grid.c, cell_index(point.y, grid.rect.y, grid.rect.h, shape.h),
                            cell_index(point.x, grid.rect.x, grid.rect.w, shape.w)},
                           grid.layer};
  }
  template <typename Other>
  std::optional<session::Target> operator()(const Other&) const {
    return std::nullopt;
  }
};

}  // namespace

std::optional<session::Target> hit(const Picture& picture, Point point) {
  std::vector<Rect> clips;
  std::optional<session::Target> topmost;
  for (const Record& record : picture.records) {
    if (const auto* begin = std::get_if<ClipBegin>(&record)) {
      clips.push_back(begin->rect);
    } else if (std::holds_alternative<ClipEnd>(record)) {
      if (!clips.empty()) {
        clips.pop_back();
      }
    } else if (const auto target = std::visit(TargetAt{point}, record);
               target && inside_all(clips, point)) {
      topmost = target;
    }
  }
  return topmost;
}

}  // namespace convscope::picture
