// What a TensorGrid consists of in a vector format: one rectangle a cell, or an image of it.
#pragma once

#include <vector>

#include "core/picture/raster/plane_pixels.h"

namespace convscope::picture::raster {

// More cells than that are drawn as an image.
inline constexpr std::int64_t kMostVectorCells = 4096;

struct GridCell {
  Rect place;
  Rgba color;
};

struct GridImage {
  Rect place;
  int width = 0;
  int height = 0;
  std::vector<Rgba> pixels;
  std::vector<Rect> clip;  // what of it is seen: whole rows, then the beginning of one
};

// Empty where nothing of the grid is seen.
CellRange seen_cells(const TensorGrid& grid);
std::int64_t count_of(const CellRange& cells);
// Row by row, cut to what is visible; cells not revealed yet are left out.
std::vector<GridCell> grid_cells(const TensorGrid& grid, const CellRange& cells);
GridImage grid_image(const TensorGrid& grid, const CellRange& cells, int level);

}  // namespace convscope::picture::raster
