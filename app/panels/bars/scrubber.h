// The timeline of all positions: converts pixels to positions and back.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/picture/display/picture.h"
#include "core/session/timeline.h"

namespace convscope::panels {

// The left end is the empty map (position -1), the right end the last position.
struct Scrubber {
  picture::Rect area;
  std::int64_t positions = 0;

  // The x coordinate for a map with this many finished positions.
  float x_of(std::int64_t finished) const {
    return area.x +
           area.w * static_cast<float>(static_cast<double>(finished) /
                                       static_cast<double>(std::max<std::int64_t>(positions, 1)));
  }
  float x_of_frame(const session::Timeline& timeline, session::Frame frame) const {
    const double last = static_cast<double>(std::max<session::Frame>(timeline.last(), 1));
    return area.x + area.w * static_cast<float>(static_cast<double>(frame) / last);
  }
  std::int64_t position_at(float x) const {
    const double share = std::clamp((x - area.x) / area.w, 0.0f, 1.0f);
    return std::llround(share * static_cast<double>(positions)) - 1;
  }
};

}  // namespace convscope::panels
