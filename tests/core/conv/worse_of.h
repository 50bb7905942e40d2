// The larger of two errors.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

namespace convscope::conv {

// Infinite where one is NaN, which compares as no error at all.
inline double worse_of(double one, double other) {
  return std::isnan(one) || std::isnan(other) ? std::numeric_limits<double>::infinity()
                                              : std::max(one, other);
}

}  // namespace convscope::conv
