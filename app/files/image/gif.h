// Animated GIF, frame by frame, through giflib.
#pragma once

#include <memory>
#include <string>

#include "app/files/image/pixels.h"

namespace convscope::files {

// The palette is exact if the frames have at most 256 colours together, otherwise the best 256.
// Only the rectangle that changed is stored, a frame equal to the last one extends it, and delays
// stay exact over time (GIF counts hundredths of a second). Above 50 frames per second some frames
// get no time of their own and are dropped, but never the last.
class GifWriter {
 public:
  // Loops forever. Throws Failure "gif_size" for a size that GIF doesn't support.
  GifWriter(int width, int height, double frames_per_second);
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
