// How far numbers go. Every size, setting and element count stays within 2^31, so that a product of
// two of them (a multiply-add count, a dilated kernel) stays within 64 bits.
#pragma once

#include <cstdint>

namespace convscope::conv {

inline constexpr std::int64_t kMostCells = std::int64_t{1} << 31;

}  // namespace convscope::conv
