// Painter: the only code that turns a Picture into pixels. Needs a current GL 3.3 context with
// loaded functions; knows nothing about windows or ImGui.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/files/image/pixels.h"
#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::paint {

class Painter {
 public:
  // Uses the embedded fonts and shaders. `metrics` must outlive the painter.
  // Throws Failure "gl_*" if the context is unsuitable (no 3.3, a shader that does not compile).
  explicit Painter(const picture::TextMetrics& metrics);
  ~Painter();
  Painter(const Painter&) = delete;
  Painter& operator=(const Painter&) = delete;

  // Draws into the painter's own framebuffer, resized to the picture (at least 1x1).
  void draw(const picture::Picture& picture);
  // After draw(): draws a picture of the same size, whose pixels differ from the last one's only in
  // these areas of whole pixels.
  void draw_again(const picture::Picture& picture, const std::vector<picture::Rect>& areas);
  // The GL texture with the result of draw(); row 0 is the bottom row.
  unsigned texture() const;
  // Reads the result back.
  files::Pixels read() const;
  // The same for a part of whole pixels; the rest of `pixels`, which have the size, stays.
  void read(const picture::Rect& area, files::Pixels& pixels) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The name of the GL renderer, such as "llvmpipe (LLVM 15.0.6, 256 bits)".
std::string gl_renderer();

}  // namespace convscope::paint
