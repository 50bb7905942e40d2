// Easing of movements.
#pragma once

#include <algorithm>

namespace convscope::picture::kit {

// How far `value` is on its way between two moments, 0..1.
inline double share(double value, double from, double to) {
  return std::clamp((value - from) / (to - from), 0.0, 1.0);
}

// Ease in and out.
inline double smooth(double t) { return t * t * (3 - 2 * t); }

}  // namespace convscope::picture::kit
