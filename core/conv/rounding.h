// The final rounding of every sum, shared so that all implementations give the same bits.
#pragma once

#include <limits>

namespace convscope::conv {

// Which NaN a sum produces depends on the processor and on the compiler's order of operands; one
// replaces them all. Written so that a loop over it vectorizes.
inline double one_nan(double value) {
  return value == value ? value : std::numeric_limits<double>::quiet_NaN();
}

inline float rounded(double sum) { return static_cast<float>(one_nan(sum)); }

}  // namespace convscope::conv
