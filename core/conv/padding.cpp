#include "core/conv/padding.h"

#include <algorithm>

namespace convscope::conv {

std::optional<std::int64_t> source_of_padding(std::int64_t i, std::int64_t size, PaddingMode mode) {
  switch (mode) {
    case PaddingMode::kZeros:
      return std::nullopt;
    case PaddingMode::kReflect: {
      // The edge cell is not repeated, so the period is 2·(size - 1) cells.
      const std::int64_t period = std::max<std::int64_t>(1, 2 * (size - 1));
      const std::int64_t phase = (i % period + period) % period;
      return std::min(phase, period - phase);
    }
    case PaddingMode::kReplicate:
      return std::clamp<std::int64_t>(i, 0, size - 1);
    case PaddingMode::kCircular:
      return (i % size + size) % size;
  }
  return std::nullopt;
}

float padded_value(const Tensor& input, const Index& at, PaddingMode mode) {
  const std::optional<std::int64_t> y = source_index(at.y, input.shape().h, mode);
  const std::optional<std::int64_t> x = source_index(at.x, input.shape().w, mode);
  return y && x ? input.at({at.n, at.c, *y, *x}) : 0.0F;
}

}  // namespace convscope::conv
