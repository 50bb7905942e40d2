// An offscreen framebuffer, for drawing a whole frame without a window.
#pragma once

#include <array>
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

// Restores the current framebuffer and viewport at its end.
class SavedTarget {
 public:
  SavedTarget();
  ~SavedTarget();
  SavedTarget(const SavedTarget&) = delete;
  SavedTarget& operator=(const SavedTarget&) = delete;

 private:
  int framebuffer_ = 0;
  std::array<int, 4> viewport_{};
};

}  // namespace convscope::paint
