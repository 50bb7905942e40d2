// Animated PNG: every pixel of every frame is exact.
#pragma once

#include <memory>
#include <string>

#include "app/files/image/animation_timing.h"
#include "app/files/image/pixels.h"

namespace convscope::files {

// Only the rectangle that changed is stored, deflated as it comes; a frame equal to the last one
// lengthens it.
class ApngWriter {
 public:
  // `alpha`: whether pixels may be transparent. Throws Failure "frame_size".
  ApngWriter(int width, int height, const AnimationTiming& timing, bool alpha);
  ~ApngWriter();
  ApngWriter(const ApngWriter&) = delete;
  ApngWriter& operator=(const ApngWriter&) = delete;

  void add(const Pixels& frame);
  // The whole file. Call it once, after at least one frame.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope::files
