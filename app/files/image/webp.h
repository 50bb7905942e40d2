// Lossless WebP through libwebp: every pixel is exact, transparent ones too.
#pragma once

#include <memory>
#include <string>

#include "app/files/image/animation_timing.h"
#include "app/files/image/pixels.h"

namespace convscope::files {

// One picture. Throws Failure "frame_size" or "encoding_failed".
std::string webp_bytes(const Pixels& pixels);

// Only the rectangle that changed is stored, encoded as it comes; a frame equal to the last one
// lengthens it.
class WebpWriter {
 public:
  // Throws Failure "frame_size".
  WebpWriter(int width, int height, const AnimationTiming& timing);
  ~WebpWriter();
  WebpWriter(const WebpWriter&) = delete;
  WebpWriter& operator=(const WebpWriter&) = delete;

  void add(const Pixels& frame);
  // The whole file. Call it once, after at least one frame.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace convscope::files
