#include "core/picture/display/picture.h"

#include <algorithm>
#include <cmath>

#include "core/picture/display/grid_at.h"

namespace convscope::picture {

Rect intersection(const Rect& a, const Rect& b) {
  const float x0 = std::max(a.x, b.x);
  const float y0 = std::max(a.y, b.y);
  return {x0, y0, std::max(0.0F, std::min(a.right(), b.right()) - x0),
          std::max(0.0F, std::min(a.bottom(), b.bottom()) - y0)};
}

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

struct Placed {
  session::Target target;
  std::optional<Rect> rect;  // nothing in space
};

// What one record has at a point.
struct PlacedAt {
  Point point;

  std::optional<Placed> operator()(const Box& box) const {
    return box.target && box.rect.contains(point) ? std::optional(Placed{*box.target, box.rect})
                                                  : std::nullopt;
  }
  std::optional<Placed> operator()(const Text& text) const {
    return text.target && text.target_rect.contains(point)
               ? std::optional(Placed{*text.target, text.target_rect})
               : std::nullopt;
  }
  std::optional<Placed> operator()(const Polygon& polygon) const {
    return polygon.target && inside_convex(polygon.points, point)
               ? std::optional(Placed{*polygon.target, std::nullopt})
               : std::nullopt;
  }
  std::optional<Placed> operator()(const TensorGrid& grid) const {
    const Shape& shape = grid.tensor.shape();
    if (shape.h <= 0 || shape.w <= 0 || !grid.rect.contains(point) ||
        !grid.visible.contains(point)) {
      return std::nullopt;
    }
    const std::int64_t row = cell_index(point.y, grid.rect.y, grid.rect.h, shape.h);
    const std::int64_t column = cell_index(point.x, grid.rect.x, grid.rect.w, shape.w);
    const float w = grid.rect.w / static_cast<float>(shape.w);
    const float h = grid.rect.h / static_cast<float>(shape.h);
    return Placed{{grid.role, {grid.n, grid.c, row, column}, grid.layer},
                  Rect{grid.rect.x + static_cast<float>(column) * w,
                       grid.rect.y + static_cast<float>(row) * h, w, h}};
  }
  template <typename Other>
  std::optional<Placed> operator()(const Other&) const {
    return std::nullopt;
  }
};

// The topmost.
std::optional<Placed> placed_at(const Picture& picture, Point point) {
  std::vector<Rect> clips;
  std::optional<Placed> topmost;
  for (const Record& record : picture.records) {
    if (const auto* begin = std::get_if<ClipBegin>(&record)) {
      clips.push_back(begin->rect);
    } else if (std::holds_alternative<ClipEnd>(record)) {
      if (!clips.empty()) {
        clips.pop_back();
      }
    } else if (const auto placed = std::visit(PlacedAt{point}, record);
               placed && inside_all(clips, point)) {
      topmost = placed;
    }
  }
  return topmost;
}

}  // namespace

std::optional<session::Target> hit(const Picture& picture, Point point) {
  const std::optional<Placed> placed = placed_at(picture, point);
  return placed ? std::optional(placed->target) : std::nullopt;
}

std::optional<Rect> cell_at(const Picture& picture, Point point) {
  const std::optional<Placed> placed = placed_at(picture, point);
  return placed ? placed->rect : std::nullopt;
}

}  // namespace convscope::picture
