#include "app/paint/shape_batch.h"

#include <cstddef>

namespace convscope {
namespace {

const void* at_offset(std::size_t offset) { return reinterpret_cast<const void*>(offset); }

// One attribute of an instance; the shader numbers its locations in the same order.
void add_attribute(GLuint location, GLint count, GLenum type, std::size_t offset) {
  constexpr GLsizei kStride = sizeof(ShapeInstance);
  glEnableVertexAttribArray(location);
  glVertexAttribDivisor(location, 1);
  if (type == GL_UNSIGNED_INT) {
    glVertexAttribIPointer(location, count, type, kStride, at_offset(offset));
  } else {
    glVertexAttribPointer(location, count, type, type == GL_UNSIGNED_BYTE ? GL_TRUE : GL_FALSE,
                          kStride, at_offset(offset));
  }
}

}  // namespace

ShapeBatch::ShapeBatch()
    : program_("shape"),
      size_(program_.uniform("u_size")),
      vertex_array_(make_vertex_array()),
      buffer_(make_buffer()) {
  glBindVertexArray(vertex_array_.get());
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.get());
  add_attribute(0, 4, GL_FLOAT, offsetof(ShapeInstance, corners));
  add_attribute(1, 4, GL_FLOAT, offsetof(ShapeInstance, corners) + 2 * sizeof(Point));
  add_attribute(2, 4, GL_FLOAT, offsetof(ShapeInstance, geometry));
  add_attribute(3, 4, GL_FLOAT, offsetof(ShapeInstance, detail));
  add_attribute(4, 4, GL_UNSIGNED_BYTE, offsetof(ShapeInstance, fill));
  add_attribute(5, 4, GL_UNSIGNED_BYTE, offsetof(ShapeInstance, stroke));
  add_attribute(6, 1, GL_FLOAT, offsetof(ShapeInstance, width));
  add_attribute(7, 1, GL_UNSIGNED_INT, offsetof(ShapeInstance, kind));
  glBindVertexArray(0);
  program_.use();
  glUniform1i(program_.uniform("u_atlas"), 0);
}

void ShapeBatch::draw(std::span<const ShapeInstance> shapes, int width, int height) {
  if (shapes.empty()) {
    return;
  }
  program_.use();
  glUniform2f(size_, static_cast<float>(width), static_cast<float>(height));
  glBindVertexArray(vertex_array_.get());
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.get());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(shapes.size_bytes()), shapes.data(),
               GL_STREAM_DRAW);
  glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(shapes.size()));
  glBindVertexArray(0);
}

}  // namespace convscope
