#include "core/picture/display/grid_at.h"

#include <cmath>

namespace convscope::picture {

namespace {

// The place of what one record has at a point, if that is a target.
struct PlaceAt {
  Point point;

  std::optional<Rect> operator()(const Box& box) const {
    return box.target && box.rect.contains(point) ? std::optional(box.rect) : std::nullopt;
  }
  std::optional<Rect> operator()(const Text& text) const {
    return text.target && text.target_rect.contains(point) ? std::optional(text.target_rect)
                                                           : std::nullopt;
  }
  std::optional<Rect> operator()(const TensorGrid& grid) const {
    const Shape& shape = grid.tensor.shape();
    if (shape.h <= 0 || shape.w <= 0 || !grid.rect.contains(point) ||
        !grid.visible.contains(point)) {
      return std::nullopt;
    }
    const float w = grid.rect.w / static_cast<float>(shape.w);
    const float h = grid.rect.h / static_cast<float>(shape.h);
    return Rect{grid.rect.x + std::floor((point.x - grid.rect.x) / w) * w,
                grid.rect.y + std::floor((point.y - grid.rect.y) / h) * h, w, h};
  }
  template <typename Other>
  std::optional<Rect> operator()(const Other&) const {
    return std::nullopt;
  }
};

}  // namespace

const TensorGrid* grid_at(const Picture& picture, Point point) {
  for (auto record = picture.records.rbegin(); record != picture.records.rend(); ++record) {
    const auto* grid = std::get_if<TensorGrid>(&*record);
    if (grid != nullptr && grid->rect.contains(point) && grid->visible.contains(point)) {
      return grid;
    }
  }
  return nullptr;
}

std::optional<Rect> cell_at(const Picture& picture, Point point) {
  for (auto record = picture.records.rbegin(); record != picture.records.rend(); ++record) {
    if (const std::optional<Rect> place = std::visit(PlaceAt{point}, *record)) {
      return place;
    }
  }
  return std::nullopt;
}

}  // namespace convscope::picture
