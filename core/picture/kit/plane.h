// A plane of cells on the stage.
#pragma once

#include <cstdint>

#include "core/conv/layer_spec.h"
#include "core/picture/display/picture.h"

namespace convscope::picture::kit {

// Planes of more cells than this are pictures: they are never drawn cell by cell.
inline constexpr std::int64_t kMostCells = 20'000;

// Cells outside the plane (its padding) have places too.
struct Plane {
  Rect rect;  // of the cells 0..h, 0..w
  std::int64_t h = 0;
  std::int64_t w = 0;
  float cell = 0;  // side in pixels

  // The place of `rows` x `columns` cells from (y, x), in cells: whole numbers or fractions.
  template <typename Y, typename X, typename Rows = int, typename Columns = int>
  Rect cells(Y y, X x, Rows rows = 1, Columns columns = 1) const {
    return {rect.x + static_cast<float>(x) * cell, rect.y + static_cast<float>(y) * cell,
            static_cast<float>(columns) * cell, static_cast<float>(rows) * cell};
  }
  // The place of one cell.
  Rect cell_at(const Index& at) const { return cells(at.y, at.x); }
  // With a ring around it.
  Rect with(const conv::Pads& ring) const {
    return cells(-ring.top, -ring.left, h + ring.top + ring.bottom, w + ring.left + ring.right);
  }
};

// The size of a plane and of the ring around it, in cells.
struct PlaneSize {
  std::int64_t h = 0;
  std::int64_t w = 0;
  conv::Pads ring = {};

  float rows() const { return static_cast<float>(h + ring.top + ring.bottom); }
  float columns() const { return static_cast<float>(w + ring.left + ring.right); }
};

// The plane whose ring has its upper left corner at (x, y).
Plane plane_at(float x, float y, const PlaneSize& size, float cell);

using picture::intersection;
bool meet(const Rect& a, const Rect& b);

// `rect` without a border of that width.
inline Rect inner(const Rect& rect, float by) {
  return {rect.x + by, rect.y + by, rect.w - 2 * by, rect.h - 2 * by};
}

// The cells of a line that `from` .. `to` meets, at most: [first, end) of 0..count, with one to
// spare on both sides.
struct CellSpan {
  std::int64_t first = 0;
  std::int64_t end = 0;
};
CellSpan cells_between(float from, float to, float start, float cell, std::int64_t count);

// Calls visit(y, x, place) for every cell in sight, row by row.
template <typename Visit>
void for_cells(const Plane& plane, const Rect& view, const Visit& visit) {
  const CellSpan rows = cells_between(view.y, view.bottom(), plane.rect.y, plane.cell, plane.h);
  const CellSpan columns = cells_between(view.x, view.right(), plane.rect.x, plane.cell, plane.w);
  for (std::int64_t y = rows.first; y < rows.end; ++y) {
    for (std::int64_t x = columns.first; x < columns.end; ++x) {
      if (const Rect cell = plane.cells(y, x); meet(cell, view)) {
        visit(y, x, cell);
      }
    }
  }
}

// The same for the cells of a ring around it.
template <typename Visit>
void for_ring(const Plane& plane, const conv::Pads& ring, const Rect& view, const Visit& visit) {
  const CellSpan rows =
      cells_between(view.y, view.bottom(), plane.rect.y - static_cast<float>(ring.top) * plane.cell,
                    plane.cell, plane.h + ring.top + ring.bottom);
  for (std::int64_t y = rows.first - ring.top; y < rows.end - ring.top; ++y) {
    const bool between = y >= 0 && y < plane.h;
    for (std::int64_t x = -ring.left; x < plane.w + ring.right; ++x) {
      if (between && x == 0) {
        x = plane.w;  // on to the right-hand side
      }
      if (const Rect cell = plane.cells(y, x); x < plane.w + ring.right && meet(cell, view)) {
        visit(y, x, cell);
      }
    }
  }
}

}  // namespace convscope::picture::kit
