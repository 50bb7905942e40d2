#pragma once

#include <cstdint>

namespace convscope::conv {

// The smallest integer not below a / b, for b > 0.
constexpr std::int64_t ceil_div(std::int64_t a, std::int64_t b) {
  return a / b + (a % b > 0 ? 1 : 0);
}

// The smallest multiple of `multiple` not below `count`, for multiple > 0.
constexpr std::int64_t round_up(std::int64_t count, std::int64_t multiple) {
  return ceil_div(count, multiple) * multiple;
}

}  // namespace convscope::conv
