// Clock: the moment that a session shows, and how time passes.
#pragma once

#include <cstdint>
#include <optional>

#include "core/session/timeline.h"

namespace convscope::session {

inline constexpr double kMinSpeed = 0.25;
inline constexpr double kMaxSpeed = 32.0;
// A long run may go faster, until it ends in a minute (pace.h), but never faster than this.
inline constexpr double kMostSpeed = 1e6;

struct Clock {
  Frame frame = 0;              // the moment shown, in 1/240 s at 1x speed from the empty map
  std::optional<Frame> run_to;  // Next and Previous: where the clock stops
  bool playing = false;
  double speed = 1.0;  // kMinSpeed .. kMostSpeed, a multiple of 0.25
  // 0..3 quarters of a frame that Tick carries over, so that slow play never drifts.
  std::int64_t quarter_ticks = 0;
  Granularity granularity = Granularity::kPosition;
  // After a click on a cell: positions that had been computed before it. Those behind the moment
  // stay in sight, dimmed, until time goes on; 0: there are none.
  std::int64_t kept = 0;

  bool operator==(const Clock&) const = default;
};

}  // namespace convscope::session
