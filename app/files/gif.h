// Animated GIF, frame by frame, through giflib.
#pragma once

#include <memory>
#include <string>

#include "app/files/pixels.h"

namespace convscope::files {

// The palette is exact where the frames have at most 256 colours together, else the best 256. Only
// the rectangle that changed is stored, a frame equal to the last one lengthens it, and delays add
// up exactly over time (GIF counts hundredths of a second). Above 50 frames per second some frames
// have no time of their own and are left out, but never the last.
class GifWriter {
 public:
  // Loops for ever. Throws Failure "gif_size" for a size that GIF can't hold.
  GifWriter(int width, int height, double frames_per_second);
  ~GifWriter();
  GifWriter(const GifWriter&) = delete;
  GifWriter& operator=(const GifWriter&) = delete;

  void add(const Pixels& frame);
  // The whole file. Call once.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope::files
