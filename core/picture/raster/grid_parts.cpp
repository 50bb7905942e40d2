#include "core/picture/raster/grid_parts.h"

#include <algorithm>

#include "core/picture/display/cell_color.h"

namespace convscope::picture::raster {

namespace {

Rect between(double x0, double y0, double x1, double y1) {
  return {static_cast<float>(x0), static_cast<float>(y0),
          static_cast<float>(std::max(0.0, x1 - x0)), static_cast<float>(std::max(0.0, y1 - y0))};
}

// Where a block of cells stands.
Rect place_of(const TensorGrid& grid, const CellRange& cells) {
  const Shape& shape = grid.tensor.shape();
  const double cell_w = static_cast<double>(grid.rect.w) / static_cast<double>(shape.w);
  const double cell_h = static_cast<double>(grid.rect.h) / static_cast<double>(shape.h);
  const double x = static_cast<double>(grid.rect.x);
  const double y = static_cast<double>(grid.rect.y);
  return between(
      x + static_cast<double>(cells.x0) * cell_w, y + static_cast<double>(cells.y0) * cell_h,
      x + static_cast<double>(cells.x1) * cell_w, y + static_cast<double>(cells.y1) * cell_h);
}

// The revealed part of the plane: whole rows, then the beginning of one.
std::vector<Rect> revealed_part(const TensorGrid& grid) {
  const Shape& shape = grid.tensor.shape();
  const std::int64_t cells = shape.h * shape.w;
  const std::int64_t shown = grid.revealed < 0 ? cells : std::min(grid.revealed, cells);
  const std::int64_t rows = shown / shape.w;
  const std::int64_t rest = shown % shape.w;
  std::vector<Rect> parts = {intersection(place_of(grid, {0, 0, rows, shape.w}), grid.visible)};
  if (rest > 0) {
    parts.push_back(intersection(place_of(grid, {rows, 0, rows + 1, rest}), grid.visible));
  }
  return parts;
}

}  // namespace

CellRange seen_cells(const TensorGrid& grid) {
  const bool seen = grid.opacity > 0 && contains(grid.tensor.shape(), {grid.n, grid.c, 0, 0});
  const CellRange cells = seen ? visible_cells(grid) : CellRange{};
  return count_of(cells) > 0 ? cells : CellRange{};
}

std::int64_t count_of(const CellRange& cells) {
  return (cells.y1 - cells.y0) * (cells.x1 - cells.x0);
}

std::vector<GridCell> grid_cells(const TensorGrid& grid, const CellRange& cells) {
  const std::int64_t width = grid.tensor.shape().w;
  std::vector<GridCell> parts;
  for (std::int64_t y = cells.y0; y < cells.y1; ++y) {
    for (std::int64_t x = cells.x0; x < cells.x1; ++x) {
      if (grid.revealed >= 0 && y * width + x >= grid.revealed) {
        return parts;  // cells are revealed in this very order
      }
      Rect place = place_of(grid, {y, x, y + 1, x + 1});
      const float inset = grid.gap / 2;
      place =
          between(place.x + inset, place.y + inset, place.right() - inset, place.bottom() - inset);
      place = intersection(place, grid.visible);
      if (place.w > 0 && place.h > 0) {
        parts.push_back({place, cell_color(grid, y, x)});
      }
    }
  }
  return parts;
}

GridImage grid_image(const TensorGrid& grid, const CellRange& cells, int level) {
  const Shape& shape = grid.tensor.shape();
  const auto down = [&](std::int64_t cell) { return cell >> level << level; };
  const auto up = [&](std::int64_t cell) { return down(cell + (std::int64_t{1} << level) - 1); };
  // Whole texels; the last may reach past the plane, where the clip cuts it.
  const CellRange texels = {down(cells.y0), down(cells.x0), up(cells.y1), up(cells.x1)};
  const CellRange read = {texels.y0, texels.x0, std::min(texels.y1, shape.h),
                          std::min(texels.x1, shape.w)};
  return {place_of(grid, texels), static_cast<int>((texels.x1 - texels.x0) >> level),
          static_cast<int>((texels.y1 - texels.y0) >> level), plane_pixels(grid, read, level),
          revealed_part(grid)};
}

}  // namespace convscope::picture::raster
