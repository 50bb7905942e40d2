#pragma once

namespace convscope::picture {

// The stage in pixels. `scale` is 1 at 1080 lines and sizes text and lines.
struct Viewport {
  float width = 0;
  float height = 0;
  float scale = 1;
  // What the window's own tools take of the title's line, at its right end.
  float corner = 0;

  bool operator==(const Viewport&) const = default;
};

}  // namespace convscope::picture
