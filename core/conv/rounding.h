// The last stroke of every sum, shared so that all ways to a value end in the same bits.
#pragma once

#include <limits>

namespace convscope::conv {

// Which NaN comes out of a sum is up to the processor and the compiler's order of operands; one
// stands for all. Written so that a loop over it vectorizes.
inline double one_nan(double value) {
  return value == value ? value : std::numeric_limits<double>::quiet_NaN();
}

inline float rounded(double sum) { return static_cast<float>(one_nan(sum)); }

}  // namespace convscope::conv
