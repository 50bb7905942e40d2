// The larger of two errors.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

namespace convscope::conv {

// Infinite if either is NaN, which would compare as no error.
inline double worse_of(double one, double other) {
  return std::isnan(one) || std::isnan(other) ? std::numeric_limits<double>::infinity()
                                              : std::max(one, other);
}

}  // namespace convscope::conv
