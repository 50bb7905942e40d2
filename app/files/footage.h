// What is to be exported: one moment, or many.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>

#include "app/files/image/pixels.h"
#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::files {

// A frame's pixels: its own, or lent by someone who draws the next frame over them.
class Frame {
 public:
  Frame(Pixels own) : own_(std::move(own)) {}
  explicit Frame(const Pixels* lent) : lent_(lent) {}

  const Pixels& pixels() const { return lent_ != nullptr ? *lent_ : own_; }

 private:
  Pixels own_;
  const Pixels* lent_ = nullptr;
};

// What is to be exported. A format uses either the pictures or their pixels; pixels require OpenGL.
// An animation has `frames` frames, a still the first of them.
struct Footage {
  int width = 0;
  int height = 0;
  std::int64_t frames = 1;
  int frames_per_second = 1;
  bool loop = true;          // of an animation
  bool transparent = false;  // pixels may be
  const picture::TextMetrics& metrics;
  std::function<picture::Picture(std::int64_t frame)> picture;
  std::function<Frame(std::int64_t frame)> pixels;
};

}  // namespace convscope::files
