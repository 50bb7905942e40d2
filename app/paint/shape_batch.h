// Draws many shapes in order, with one call for each run of shapes that share a shader.
#pragma once

#include <array>
#include <span>

#include "app/paint/gl_names.h"
#include "app/paint/program.h"
#include "app/paint/shapes.h"

namespace convscope {

class ShapeBatch {
 public:
  ShapeBatch();
  // Into the bound framebuffer of this size, reading glyphs from the texture bound to unit 0.
  void draw(std::span<const ShapeInstance> shapes, int width, int height);

 private:
  struct Brush {
    explicit Brush(const char* fragment);
    Program program;
    GLint size;
  };

  Brush fill_{"fill.frag"};
  Brush glyph_{"glyph.frag"};
  Brush shape_{"shape.frag"};
  GlVertexArray vertex_array_;
  GlBuffer buffer_;
};

}  // namespace convscope
