// Which moment of a lesson each frame of an animation shows. Computed in integers, so that long
// animations don't drift.
#pragma once

#include <cstdint>

#include "app/cli/command_line.h"
#include "core/session/timeline.h"

namespace convscope::cli {

struct Animation {
  session::Frame first = 0;  // just before the first position
  session::Frame last = 0;   // the end of the last position
  int frames_per_second = 30;

  // The first frame is held for about half a second, the last for one and a half.
  std::int64_t hold_first() const { return (frames_per_second + 1) / 2; }
  std::int64_t hold_last() const { return (3 * frames_per_second + 1) / 2; }
  // Number of frames in the file.
  std::int64_t count() const;
  // The moment shown by frame `index`, 0 <= index < count().
  session::Frame at(std::int64_t index) const;
};

Animation animation_of(const session::Timeline& timeline, const StepRange& steps,
                       int frames_per_second);

}  // namespace convscope::cli
