// How far numbers go. Every size, setting and element count stays within 2^31, so that a product of
// two of them (a multiply-add count, a dilated kernel) stays within 64 bits.
#pragma once

#include <algorithm>
#include <cstdint>

namespace convscope::conv {

inline constexpr std::int64_t kMostCells = std::int64_t{1} << 31;

// A setting that problems() refuses as too large is read as the largest, so nothing overflows.
inline std::int64_t bounded(std::int64_t value) {
  return std::clamp(value, -kMostCells, kMostCells);
}

}  // namespace convscope::conv
