#pragma once

namespace convscope::picture {

// The stage in pixels. `scale` is 1 at 1080 lines and sizes text and lines.
struct Viewport {
  float width = 0;
  float height = 0;
  float scale = 1;

  bool operator==(const Viewport&) const = default;
};

}  // namespace convscope::picture
