// Which moment of a lesson each frame of an animation shows. Computed in integers, so that long
// animations don't drift.
#pragma once

#include <cstdint>

#include "core/session/timeline.h"

namespace convscope::session {

struct Film {
  Frame first = 0;  // just before the first position
  Frame last = 0;   // the end of the last position
  int frames_per_second = 30;
  std::int64_t pause = 1500;  // for how many thousandths of a second the last frame is held

  // The first frame is held for about half a second.
  std::int64_t hold_first() const { return (frames_per_second + 1) / 2; }
  std::int64_t hold_last() const;
  // Number of frames in the file.
  std::int64_t count() const;
  // The moment shown by frame `index`, 0 <= index < count().
  Frame at(std::int64_t index) const;
};

// Positions `first` to `last`, inclusive.
Film film_of(const Timeline& timeline, std::int64_t first, std::int64_t last,
             int frames_per_second);

}  // namespace convscope::session
