// Ticker: turns seconds of a steady clock into whole ticks of 1/240 s and carries the rest. It
// knows nothing of the session's speed, which update() applies.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "core/session/timeline.h"

namespace convscope::window {

class Ticker {
 public:
  // Ticks since the last call. A long pause (a dragged window, a sleeping machine) counts as a
  // tenth of a second, so that nothing jumps.
  std::int64_t advance(double seconds) {
    constexpr double kLongest = 0.1;
    rest_ += std::clamp(seconds, 0.0, kLongest) * static_cast<double>(session::kTicksPerSecond);
    const double whole = std::floor(rest_);
    rest_ -= whole;
    return static_cast<std::int64_t>(whole);
  }
  void reset() { rest_ = 0; }

 private:
  double rest_ = 0;
};

}  // namespace convscope::window
