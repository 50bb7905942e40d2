// Draws many shapes in order with one call.
#pragma once

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
  Program program_;
  GLint size_;
  GlVertexArray vertex_array_;
  GlBuffer buffer_;
};

}  // namespace convscope
