#include "core/picture/display/target_rect.h"

#include <algorithm>

namespace convscope::picture {
namespace {

std::optional<Rect> rect_in(const TensorGrid& grid, const session::Target& target) {
  const Shape& shape = grid.tensor.shape();
  const Index& at = target.at;
  const bool merged = grid.scale.kind == ColorScale::Kind::kRgb;
  const bool in_channel = at.c == grid.c || (merged && at.c > grid.c && at.c < grid.c + 3);
  if (grid.role != target.tensor || grid.layer != target.layer || at.n != grid.n || !in_channel ||
      !contains(shape, at)) {
    return std::nullopt;
  }
  const float w = grid.rect.w / static_cast<float>(shape.w);
  const float h = grid.rect.h / static_cast<float>(shape.h);
  return Rect{grid.rect.x + static_cast<float>(at.x) * w,
              grid.rect.y + static_cast<float>(at.y) * h, w, h};
}

std::optional<Rect> rect_in(const Box& box, const session::Target& target) {
  return box.target == target ? std::optional(box.rect) : std::nullopt;
}

std::optional<Rect> rect_in(const Text& text, const session::Target& target) {
  return text.target == target ? std::optional(text.target_rect) : std::nullopt;
}

std::optional<Rect> rect_in(const Polygon& polygon, const session::Target& target) {
  if (polygon.target != target || polygon.points.empty()) {
    return std::nullopt;
  }
  const auto [left, right] = std::ranges::minmax(polygon.points, {}, &Point::x);
  const auto [top, bottom] = std::ranges::minmax(polygon.points, {}, &Point::y);
  return Rect{left.x, top.y, right.x - left.x, bottom.y - top.y};
}

template <typename Other>
std::optional<Rect> rect_in(const Other&, const session::Target&) {
  return std::nullopt;
}

}  // namespace

std::optional<Rect> target_rect(const Picture& picture, const session::Target& target) {
  // Cells of grids come first: a term of the sum bar names the same cell, but isn't its place.
  std::optional<Rect> elsewhere;
  for (auto record = picture.records.rbegin(); record != picture.records.rend(); ++record) {
    const auto rect =
        std::visit([&target](const auto& value) { return rect_in(value, target); }, *record);
    if (rect && std::holds_alternative<TensorGrid>(*record)) {
      return rect;
    }
    if (rect && !elsewhere) {
      elsewhere = rect;
    }
  }
  return elsewhere;
}

}  // namespace convscope::picture
