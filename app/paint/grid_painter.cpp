#include "app/paint/grid_painter.h"

#include <algorithm>
#include <array>

namespace convscope::paint {
namespace {

constexpr std::int64_t kTileTexels = 512;
constexpr std::size_t kBudget = std::size_t{256} << 20;
constexpr std::size_t kLeastBytes = 64 << 10;  // approximate real cost of a small texture
constexpr std::uint64_t kKeptPictures = 240;

std::int64_t rounded_down(std::int64_t value, std::int64_t step) { return value / step * step; }

// The position of the edge before cell `index` of `count`. In double, since a photo's plane may
// extend millions of pixels off screen.
double edge(float start, float length, std::int64_t index, std::int64_t count) {
  return static_cast<double>(start) +
         static_cast<double>(length) * static_cast<double>(index) / static_cast<double>(count);
}

struct Interval {
  float low = 0;
  float high = 0;
};

// The part of the visible interval that the cells first..last of an axis cover.
Interval covered(float start, float length, std::int64_t count, std::int64_t first,
                 std::int64_t last, float visible_start, float visible_length) {
  const double low = std::max(edge(start, length, first, count), double{visible_start});
  const double high =
      std::min(edge(start, length, last, count), double{visible_start} + double{visible_length});
  return {static_cast<float>(low), static_cast<float>(high)};
}

picture::raster::CellRange common(const picture::raster::CellRange& a,
                                  const picture::raster::CellRange& b) {
  return {std::max(a.y0, b.y0), std::max(a.x0, b.x0), std::min(a.y1, b.y1), std::min(a.x1, b.x1)};
}

bool is_empty(const picture::raster::CellRange& cells) {
  return cells.y0 >= cells.y1 || cells.x0 >= cells.x1;
}

// The cells revealed so far: whole rows, and the beginning of the next row.
std::array<picture::raster::CellRange, 2> revealed_parts(const picture::TensorGrid& grid) {
  const Shape& shape = grid.tensor.shape();
  if (grid.revealed < 0) {
    return {picture::raster::CellRange{0, 0, shape.h, shape.w}, picture::raster::CellRange{}};
  }
  const std::int64_t rows = grid.revealed / shape.w;
  return {picture::raster::CellRange{0, 0, rows, shape.w},
          picture::raster::CellRange{rows, 0, rows + 1, grid.revealed % shape.w}};
}

}  // namespace

GridPainter::GridPainter()
    : program_("grid.vert", "grid.frag"),
      uniforms_{program_.uniform("u_size"),   program_.uniform("u_cover"),
                program_.uniform("u_origin"), program_.uniform("u_cell"),
                program_.uniform("u_last"),   program_.uniform("u_level"),
                program_.uniform("u_gap"),    program_.uniform("u_opacity")},
      vertex_array_(make_vertex_array()) {
  program_.use();
  glUniform1i(program_.uniform("u_texels"), 0);
}

void GridPainter::begin_picture() {
  ++picture_;
  std::erase_if(tiles_, [&](const Tile& tile) {
    const bool gone = tile.tensor.expired() ||
                      (tile.minus.expired() && !(tile.minus == TensorName())) ||
                      tile.last_picture + kKeptPictures < picture_;
    bytes_ -= gone ? tile.bytes : 0;
    return gone;
  });
}

void GridPainter::draw(const picture::TensorGrid& grid, int width, int height) {
  const picture::raster::CellRange seen = picture::raster::visible_cells(grid);
  const Shape& shape = grid.tensor.shape();
  if (is_empty(seen) || grid.revealed == 0 || grid.opacity <= 0) {
    return;
  }
  const auto parts = revealed_parts(grid);
  const int level = picture::raster::level_of_detail(grid);
  const std::int64_t step = kTileTexels << level;
  program_.use();
  glUniform2f(uniforms_.size, static_cast<float>(width), static_cast<float>(height));
  glBindVertexArray(vertex_array_.get());
  for (std::int64_t y = rounded_down(seen.y0, step); y < seen.y1; y += step) {
    for (std::int64_t x = rounded_down(seen.x0, step); x < seen.x1; x += step) {
      const picture::raster::CellRange cells = {y, x, std::min(y + step, shape.h),
                                                std::min(x + step, shape.w)};
      for (const picture::raster::CellRange& part : parts) {
        const picture::raster::CellRange there = common(cells, part);
        if (!is_empty(there)) {
          draw_part(grid, tile_of(grid, cells, level), there);
        }
      }
    }
  }
  glBindVertexArray(0);
}

const GridPainter::Tile& GridPainter::tile_of(const picture::TensorGrid& grid,
                                              const picture::raster::CellRange& cells, int level) {
  const auto same = [&](const Tile& tile) {
    return tile.tensor == grid.tensor && tile.minus == grid.minus && tile.n == grid.n &&
           tile.c == grid.c && tile.level == level && tile.cells == cells &&
           tile.scale == grid.scale;
  };
  auto found = std::find_if(tiles_.begin(), tiles_.end(), same);
  if (found == tiles_.end()) {
    const std::vector<picture::Rgba> texels = picture::raster::plane_pixels(grid, cells, level);
    const std::int64_t texel = std::int64_t{1} << level;
    const auto columns = static_cast<int>((cells.x1 - cells.x0 + texel - 1) / texel);
    const auto rows = static_cast<int>((cells.y1 - cells.y0 + texel - 1) / texel);
    const std::size_t bytes = std::max(kLeastBytes, texels.size() * sizeof(picture::Rgba));
    tiles_.push_front({grid.tensor, grid.minus, grid.n, grid.c, grid.scale, level, cells,
                       make_rgba_texture(columns, rows, texels), bytes, picture_});
    bytes_ += bytes;
    while (bytes_ > kBudget && tiles_.size() > 1) {
      forget_oldest();
    }
  } else {
    tiles_.splice(tiles_.begin(), tiles_, found);
  }
  tiles_.front().last_picture = picture_;
  return tiles_.front();
}

void GridPainter::draw_part(const picture::TensorGrid& grid, const Tile& tile,
                            const picture::raster::CellRange& cells) const {
  const Shape& shape = grid.tensor.shape();
  const picture::Rect& rect = grid.rect;
  const picture::Rect& visible = grid.visible;
  const Interval across =
      covered(rect.x, rect.w, shape.w, cells.x0, cells.x1, visible.x, visible.w);
  const Interval down = covered(rect.y, rect.h, shape.h, cells.y0, cells.y1, visible.y, visible.h);
  bind_texture(tile.texture.get());
  glUniform4f(uniforms_.cover, across.low, down.low, across.high, down.high);
  glUniform2f(uniforms_.origin, static_cast<float>(edge(rect.x, rect.w, tile.cells.x0, shape.w)),
              static_cast<float>(edge(rect.y, rect.h, tile.cells.y0, shape.h)));
  glUniform2f(uniforms_.cell, rect.w / static_cast<float>(shape.w),
              rect.h / static_cast<float>(shape.h));
  glUniform2i(uniforms_.last, static_cast<GLint>(cells.x1 - 1 - tile.cells.x0),
              static_cast<GLint>(cells.y1 - 1 - tile.cells.y0));
  glUniform1i(uniforms_.level, tile.level);
  glUniform1f(uniforms_.gap, grid.gap);
  glUniform1f(uniforms_.opacity, std::min(grid.opacity, 1.0F));
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

void GridPainter::forget_oldest() {
  bytes_ -= tiles_.back().bytes;
  tiles_.pop_back();
}

}  // namespace convscope::paint
