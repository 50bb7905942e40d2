// Animated GIF, frame by frame.
#pragma once

#include <memory>
#include <string>

#include "app/files/image/animation_timing.h"
#include "app/files/image/pixels.h"

namespace convscope::files {

// The colours are exact as long as 256 are enough for what changes in a frame; all frames from the
// first for which they are not share the best 256. Only what changed is stored, a frame equal to
// the last one extends it, and delays stay exact over time (GIF counts hundredths of a second).
// Above 50 frames per second some frames get no time of their own and are dropped, but never the
// last.
class GifWriter {
 public:
  // Throws Failure "frame_size" for a size that GIF doesn't support.
  GifWriter(int width, int height, const AnimationTiming& timing);
  ~GifWriter();
  GifWriter(const GifWriter&) = delete;
  GifWriter& operator=(const GifWriter&) = delete;

  void add(const Pixels& frame);
  // The whole file. Call it once.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope::files
