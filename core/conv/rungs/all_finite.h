// Whether values are neither infinite nor NaN.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace convscope::conv::rungs {

// A finite value times 0 is 0. Several sums, so that the additions don't wait for each other.
inline bool all_finite(std::span<const float> values) {
  std::array<float, 16> sums{};
  const std::size_t whole = values.size() / sums.size() * sums.size();
  for (std::size_t i = 0; i < whole; i += sums.size()) {
    for (std::size_t lane = 0; lane < sums.size(); ++lane) {
      sums[lane] += values[i + lane] * 0.0F;
    }
  }
  for (const float value : values.subspan(whole)) {
    sums[0] += value * 0.0F;
  }
  return std::all_of(sums.begin(), sums.end(), [](float sum) { return sum == 0.0F; });
}

}  // namespace convscope::conv::rungs
