// The part of a frame that differs from the frame before: all that an animation has to store.
#pragma once

#include <optional>

#include "app/files/image/pixels.h"

namespace convscope::files {

// In whole pixels; not empty.
struct PixelArea {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;

  bool operator==(const PixelArea&) const = default;
};

// Keeps one frame. All frames have one size.
class LastFrame {
 public:
  // The smallest rectangle with all that changed; of the first frame, all of it; nothing where both
  // are equal. `frame` is then the last one.
  std::optional<PixelArea> change_to(const Pixels& frame);
  const Pixels& pixels() const { return last_; }

 private:
  Pixels last_;
};

}  // namespace convscope::files
