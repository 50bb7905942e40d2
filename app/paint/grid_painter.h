// Draws a TensorGrid as textured tiles. Only visible tiles are created, at the visible level of
// detail, and they are kept for the next picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>

#include "app/paint/program.h"
#include "app/paint/texture.h"
#include "core/picture/display/picture.h"
#include "core/picture/raster/plane_pixels.h"

namespace convscope::paint {

class GridPainter {
 public:
  GridPainter();

  // Call once per picture: frees tiles that no recent picture showed, and those of tensors that no
  // longer exist.
  void begin_picture();
  // Draws into the bound framebuffer of this size.
  void draw(const picture::TensorGrid& grid, int width, int height);
  std::size_t cached_tiles() const { return tiles_.size(); }

 private:
  struct Tile {
    TensorName tensor;  // not the tensor: many versions of a large map would stay in memory
    TensorName minus;
    std::int64_t n = 0;
    std::int64_t c = 0;
    picture::ColorScale scale;
    int level = 0;
    picture::raster::CellRange cells;
    GlTexture texture;
    std::size_t bytes = 0;
    std::uint64_t last_picture = 0;
  };
  struct Uniforms {
    GLint size, cover, origin, cell, last, level, gap, opacity;
  };

  const Tile& tile_of(const picture::TensorGrid& grid, const picture::raster::CellRange& cells,
                      int level);
  // Draws the visible part of a tile's cells.
  void draw_part(const picture::TensorGrid& grid, const Tile& tile,
                 const picture::raster::CellRange& cells) const;
  void forget_oldest();

  ShaderProgram program_;
  Uniforms uniforms_;
  GlVertexArray vertex_array_;  // the quad has no attributes
  std::list<Tile> tiles_;       // most recently drawn first
  std::size_t bytes_ = 0;
  std::uint64_t picture_ = 0;
};

}  // namespace convscope::paint
