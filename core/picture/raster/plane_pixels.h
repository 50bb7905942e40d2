// TensorGrid -> pixels, at a level of detail: what the painter uploads and what SVG embeds.
#pragma once

#include <cstdint>
#include <vector>

#include "core/picture/display/picture.h"

namespace convscope::picture::raster {

// A block of cells, half open.
struct CellRange {
  std::int64_t y0 = 0;
  std::int64_t x0 = 0;
  std::int64_t y1 = 0;
  std::int64_t x1 = 0;

  bool operator==(const CellRange&) const = default;
};

// The cells of the grid's plane that its visible rectangle touches.
CellRange visible_cells(const TensorGrid& grid);

// The level at which a texel is nearest to a pixel: a texel covers 2^level cells each way, level >=
// 0.
int level_of_detail(const TensorGrid& grid);

// Colours of the texels (means; of a signed map, root mean squares) of `cells` (multiples of
// 2^level, or the plane's end) at `level`, row by row. A texel is the colour of its cells' mean
// value.
std::vector<Rgba> plane_pixels(const TensorGrid& grid, const CellRange& cells, int level);

}  // namespace convscope::picture::raster
