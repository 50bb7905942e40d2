// Limits on numbers. Every size, setting and element count stays within 2^31, so that a product of
// two of them (a multiply-add count, a dilated kernel) fits in 64 bits.
#pragma once

#include <algorithm>
#include <cstdint>

namespace convscope::conv {

inline constexpr std::int64_t kMostCells = std::int64_t{1} << 31;

// Clamps settings that problems() refuses as too large, so that nothing overflows.
inline std::int64_t bounded(std::int64_t value) {
  return std::clamp(value, -kMostCells, kMostCells);
}

}  // namespace convscope::conv
