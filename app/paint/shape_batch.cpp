#include "app/paint/shape_batch.h"

#include <algorithm>
#include <cstddef>

namespace convscope {
namespace {

// One attribute of the instances from `first` on.
void point_at(GLuint location, GLint count, GLenum type, std::size_t first, std::size_t offset) {
  constexpr GLsizei kStride = sizeof(ShapeInstance);
  const auto* start = reinterpret_cast<const void*>(first * sizeof(ShapeInstance) + offset);
  if (type == GL_UNSIGNED_INT) {
    glVertexAttribIPointer(location, count, type, kStride, start);
  } else {
    glVertexAttribPointer(location, count, type, type == GL_UNSIGNED_BYTE ? GL_TRUE : GL_FALSE,
                          kStride, start);
  }
}

// GL 3.3 has no "draw instances from here on", so that a run moves the attributes instead. The
// locations are those of shape.vert.
void start_at(std::size_t first) {
  point_at(0, 4, GL_FLOAT, first, offsetof(ShapeInstance, corners));
  point_at(1, 4, GL_FLOAT, first, offsetof(ShapeInstance, corners) + 2 * sizeof(Point));
  point_at(2, 4, GL_FLOAT, first, offsetof(ShapeInstance, geometry));
  point_at(3, 4, GL_FLOAT, first, offsetof(ShapeInstance, detail));
  point_at(4, 4, GL_UNSIGNED_BYTE, first, offsetof(ShapeInstance, fill));
  point_at(5, 4, GL_UNSIGNED_BYTE, first, offsetof(ShapeInstance, stroke));
  point_at(6, 1, GL_FLOAT, first, offsetof(ShapeInstance, width));
  point_at(7, 1, GL_UNSIGNED_INT, first, offsetof(ShapeInstance, kind));
}

constexpr GLuint kAttributes = 8;

// Shapes of one family share a shader.
std::uint32_t family(const ShapeInstance& shape) {
  return std::min<std::uint32_t>(shape.kind, ShapeInstance::kBox);
}

}  // namespace

ShapeBatch::Brush::Brush(const char* fragment)
    : program("shape.vert", fragment), size(program.uniform("u_size")) {}

ShapeBatch::ShapeBatch() : vertex_array_(make_vertex_array()), buffer_(make_buffer()) {
  glBindVertexArray(vertex_array_.get());
  for (GLuint location = 0; location < kAttributes; ++location) {
    glEnableVertexAttribArray(location);
    glVertexAttribDivisor(location, 1);
  }
  glBindVertexArray(0);
  glyph_.program.use();
  glUniform1i(glyph_.program.uniform("u_atlas"), 0);
}

void ShapeBatch::draw(std::span<const ShapeInstance> shapes, int width, int height) {
  glBindVertexArray(vertex_array_.get());
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.get());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(shapes.size_bytes()), shapes.data(),
               GL_STREAM_DRAW);
  for (std::size_t first = 0; first < shapes.size();) {
    const std::uint32_t kind = family(shapes[first]);
    std::size_t end = first + 1;
    while (end < shapes.size() && family(shapes[end]) == kind) {
      ++end;
    }
    const Brush& brush = kind == ShapeInstance::kFill    ? fill_
                         : kind == ShapeInstance::kGlyph ? glyph_
                                                         : shape_;
    brush.program.use();
    glUniform2f(brush.size, static_cast<float>(width), static_cast<float>(height));
    start_at(first);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(end - first));
    first = end;
  }
  glBindVertexArray(0);
}

}  // namespace convscope
