// An offscreen framebuffer, for drawing a whole frame without a window.
#pragma once

#include <memory>

#include "app/files/image/pixels.h"

namespace convscope::paint {

class FrameTarget {
 public:
  // Needs a current GL context. At least 1x1.
  FrameTarget(int width, int height);
  ~FrameTarget();
  FrameTarget(const FrameTarget&) = delete;
  FrameTarget& operator=(const FrameTarget&) = delete;

  // Makes it the current framebuffer.
  void bind();
  files::Pixels read();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope::paint
