#include "app/paint/shape_batch.h"

#include <algorithm>
#include <cstddef>

namespace convscope::paint {
namespace {

// Points one attribute at the instances from `first` on.
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

// GL 3.3 can't start drawing at a given instance, so each run moves the attribute pointers. The
// locations are those in shape.vert.
void start_at(std::size_t first) {
  point_at(0, 4, GL_FLOAT, first, offsetof(ShapeInstance, corners));
  point_at(1, 4, GL_FLOAT, first, offsetof(ShapeInstance, corners) + 2 * sizeof(picture::Point));
  point_at(2, 4, GL_FLOAT, first, offsetof(ShapeInstance, geometry));
  point_at(3, 4, GL_FLOAT, first, offsetof(ShapeInstance, detail));
  point_at(4, 4, GL_UNSIGNED_BYTE, first, offsetof(ShapeInstance, fill));
  point_at(5, 4, GL_UNSIGNED_BYTE, first, offsetof(ShapeInstance, stroke));
  point_at(6, 1, GL_FLOAT, first, offsetof(ShapeInstance, width));
  point_at(7, 1, GL_UNSIGNED_INT, first, offsetof(ShapeInstance, kind));
}

constexpr GLuint kAttributes = 8;

// Index in ShapeBatch::brushes_; the first two kinds have their own brushes.
constexpr std::uint32_t kAnyShape = ShapeInstance::kBox;

struct Run {
  std::size_t first = 0;
  std::size_t end = 0;
  std::uint32_t canvas = kAnyShape;
};

std::uint32_t own_canvas(const ShapeInstance& shape) { return std::min(shape.kind, kAnyShape); }

float pixels_of(const ShapeInstance& shape) {
  const picture::Point& low = shape.corners.front();
  const picture::Point& high = shape.corners.back();
  return (high.x - low.x) * (high.y - low.y);
}

// The longest run from `first` on with one brush; a short run is extended with shapes of any kind.
Run next_run(std::span<const ShapeInstance> shapes, std::size_t first) {
  // Drawing this many pixels costs as much as another draw call.
  constexpr float kWorthACall = 4000;
  Run run{first, first, own_canvas(shapes[first])};
  float pixels = 0;
  for (; run.end < shapes.size() && own_canvas(shapes[run.end]) == run.canvas; ++run.end) {
    pixels += pixels_of(shapes[run.end]);
  }
  if (pixels < kWorthACall) {
    run.canvas = kAnyShape;
  }
  return run;
}

}  // namespace

ShapeBatch::Canvas::Canvas(const char* fragment)
    : program("shape.vert", fragment), size(program.uniform("u_size")) {}

ShapeBatch::ShapeBatch() : vertex_array_(make_vertex_array()), buffer_(make_buffer()) {
  glBindVertexArray(vertex_array_.get());
  for (GLuint location = 0; location < kAttributes; ++location) {
    glEnableVertexAttribArray(location);
    glVertexAttribDivisor(location, 1);
  }
  glBindVertexArray(0);
  for (const std::size_t reads_atlas : {ShapeInstance::kGlyph, ShapeInstance::kBox}) {
    canvases_[reads_atlas].program.use();
    glUniform1i(canvases_[reads_atlas].program.uniform("u_atlas"), 0);
  }
}

void ShapeBatch::draw(std::span<const ShapeInstance> shapes, int width, int height) {
  glBindVertexArray(vertex_array_.get());
  glBindBuffer(GL_ARRAY_BUFFER, buffer_.get());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(shapes.size_bytes()), shapes.data(),
               GL_STREAM_DRAW);
  for (std::size_t first = 0; first < shapes.size();) {
    Run run = next_run(shapes, first);
    while (run.canvas == kAnyShape && run.end < shapes.size()) {
      const Run next = next_run(shapes, run.end);
      if (next.canvas != kAnyShape) {
        break;
      }
      run.end = next.end;
    }
    const Canvas& canvas = canvases_[run.canvas];
    canvas.program.use();
    glUniform2f(canvas.size, static_cast<float>(width), static_cast<float>(height));
    start_at(run.first);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(run.end - run.first));
    first = run.end;
  }
  glBindVertexArray(0);
}

}  // namespace convscope::paint
