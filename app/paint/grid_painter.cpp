#include "app/paint/grid_painter.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace convscope {
namespace {

constexpr std::int64_t kTileTexels = 512;
constexpr std::size_t kBudget = std::size_t{256} << 20;
constexpr std::size_t kLeastBytes = 64 << 10;  // what a small texture costs in truth, about
constexpr std::uint64_t kKeptPictures = 240;

std::int64_t rounded_down(std::int64_t value, std::int64_t step) { return value / step * step; }

// Where cell `index` of `count` begins on the stage. In double: a photo's plane may reach millions
// of pixels outside.
double edge(float start, float length, std::int64_t index, std::int64_t count) {
  return static_cast<double>(start) +
         static_cast<double>(length) * static_cast<double>(index) / static_cast<double>(count);
}

struct Interval {
  float low = 0;
  float high = 0;
};

// What the cells first..last of an axis cover of the visible part.
Interval covered(float start, float length, std::int64_t count, std::int64_t first,
                 std::int64_t last, float visible_start, float visible_length) {
  const double low = std::max(edge(start, length, first, count), double{visible_start});
  const double high =
      std::min(edge(start, length, last, count), double{visible_start} + double{visible_length});
  return {static_cast<float>(low), static_cast<float>(high)};
}

}  // namespace

GridPainter::GridPainter()
    : program_("grid.vert", "grid.frag"),
      uniforms_{program_.uniform("u_size"),     program_.uniform("u_cover"),
                program_.uniform("u_origin"),   program_.uniform("u_cell"),
                program_.uniform("u_first"),    program_.uniform("u_cells"),
                program_.uniform("u_level"),    program_.uniform("u_plane_width"),
                program_.uniform("u_revealed"), program_.uniform("u_gap"),
                program_.uniform("u_opacity")},
      vertex_array_(make_vertex_array()) {
  program_.use();
  glUniform1i(program_.uniform("u_texels"), 0);
}

void GridPainter::begin_picture() {
  ++picture_;
  while (!tiles_.empty() && tiles_.back().last_picture + kKeptPictures < picture_) {
    forget_oldest();
  }
}

void GridPainter::draw(const TensorGrid& grid, int width, int height) {
  const CellRange seen = visible_cells(grid);
  const Shape& shape = grid.tensor.shape();
  if (seen.y0 >= seen.y1 || seen.x0 >= seen.x1 || grid.revealed == 0 || grid.opacity <= 0) {
    return;
  }
  const int level = level_of_detail(grid);
  const std::int64_t step = kTileTexels << level;
  program_.use();
  glUniform2f(uniforms_.size, static_cast<float>(width), static_cast<float>(height));
  glBindVertexArray(vertex_array_.get());
  for (std::int64_t y = rounded_down(seen.y0, step); y < seen.y1; y += step) {
    for (std::int64_t x = rounded_down(seen.x0, step); x < seen.x1; x += step) {
      const CellRange cells = {y, x, std::min(y + step, shape.h), std::min(x + step, shape.w)};
      const Interval across = covered(grid.rect.x, grid.rect.w, shape.w, cells.x0, cells.x1,
                                      grid.visible.x, grid.visible.w);
      const Interval down = covered(grid.rect.y, grid.rect.h, shape.h, cells.y0, cells.y1,
                                    grid.visible.y, grid.visible.h);
      draw_tile(grid, tile_of(grid, cells, level),
                {across.low, down.low, across.high - across.low, down.high - down.low});
    }
  }
  glBindVertexArray(0);
}

const GridPainter::Tile& GridPainter::tile_of(const TensorGrid& grid, const CellRange& cells,
                                              int level) {
  const auto same = [&](const Tile& tile) {
    return tile.tensor.shares_storage_with(grid.tensor) && tile.n == grid.n && tile.c == grid.c &&
           tile.level == level && tile.cells == cells && tile.scale == grid.scale;
  };
  auto found = std::find_if(tiles_.begin(), tiles_.end(), same);
  if (found == tiles_.end()) {
    const std::vector<Rgba> texels = plane_pixels(grid, cells, level);
    const std::int64_t texel = std::int64_t{1} << level;
    const auto columns = static_cast<int>((cells.x1 - cells.x0 + texel - 1) / texel);
    const auto rows = static_cast<int>((cells.y1 - cells.y0 + texel - 1) / texel);
    const std::size_t bytes = std::max(kLeastBytes, texels.size() * sizeof(Rgba));
    tiles_.push_front({grid.tensor, grid.n, grid.c, grid.scale, level, cells,
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

void GridPainter::draw_tile(const TensorGrid& grid, const Tile& tile, const Rect& cover) const {
  const Shape& shape = grid.tensor.shape();
  const std::int64_t limit = std::numeric_limits<GLint>::max();
  const std::int64_t revealed = grid.revealed < 0 ? limit : std::min(grid.revealed, limit);
  const auto number = [](std::int64_t value) { return static_cast<GLint>(value); };
  bind_texture(tile.texture.get());
  glUniform4f(uniforms_.cover, cover.x, cover.y, cover.right(), cover.bottom());
  glUniform2f(uniforms_.origin,
              static_cast<float>(edge(grid.rect.x, grid.rect.w, tile.cells.x0, shape.w)),
              static_cast<float>(edge(grid.rect.y, grid.rect.h, tile.cells.y0, shape.h)));
  glUniform2f(uniforms_.cell, grid.rect.w / static_cast<float>(shape.w),
              grid.rect.h / static_cast<float>(shape.h));
  glUniform2i(uniforms_.first, number(tile.cells.x0), number(tile.cells.y0));
  glUniform2i(uniforms_.cells, number(tile.cells.x1 - tile.cells.x0),
              number(tile.cells.y1 - tile.cells.y0));
  glUniform1i(uniforms_.level, tile.level);
  glUniform1i(uniforms_.plane_width, number(shape.w));
  glUniform1i(uniforms_.revealed, number(revealed));
  glUniform1f(uniforms_.gap, grid.gap);
  glUniform1f(uniforms_.opacity, std::min(grid.opacity, 1.0F));
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

void GridPainter::forget_oldest() {
  bytes_ -= tiles_.back().bytes;
  tiles_.pop_back();
}

}  // namespace convscope
