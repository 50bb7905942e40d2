// Draws many shapes in order. A software renderer executes every branch of a shader for every
// pixel, and most pixels are fills and glyphs: long runs of these are drawn by specialized shaders,
// everything else by a shader that handles every kind.
#pragma once

#include <array>
#include <span>

#include "app/paint/gl_names.h"
#include "app/paint/program.h"
#include "app/paint/shapes.h"

namespace convscope::paint {

class ShapeBatch {
 public:
  ShapeBatch();
  // Draws into the bound framebuffer of this size, reading glyphs from the texture bound to unit 0.
  void draw(std::span<const ShapeInstance> shapes, int width, int height);

 private:
  struct Canvas {
    explicit Canvas(const char* fragment);
    ShaderProgram program;
    GLint size;
  };

  std::array<Canvas, 3> canvases_{Canvas("fill.frag"), Canvas("glyph.frag"), Canvas("shape.frag")};
  GlVertexArray vertex_array_;
  GlBuffer buffer_;
};

}  // namespace convscope::paint
