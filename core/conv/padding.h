// Which input cell a padded coordinate refers to.
#pragma once

#include <cstdint>
#include <optional>

#include "core/conv/layer_spec.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// source_index() of a position outside the input.
std::optional<std::int64_t> source_of_padding(std::int64_t i, std::int64_t size, PaddingMode mode);

// Position `i` on an axis of `size` cells, counted from the first real cell (so the padding before
// it is negative). Returns the real cell whose value is there: `i` itself inside the input; with
// reflect, replicate and circular padding the cell that is copied; nullopt with zeros. Source:
// torch.nn.functional.pad.
inline std::optional<std::int64_t> source_index(std::int64_t i, std::int64_t size,
                                                PaddingMode mode) {
  return i >= 0 && i < size ? std::optional(i) : source_of_padding(i, size, mode);
}

// The same as a plain number, for loops over rows of a few cells; negative: a zero.
inline std::int64_t source_or_zero(std::int64_t i, std::int64_t size, PaddingMode mode) {
  if (i >= 0 && i < size) {
    return i;
  }
  return mode == PaddingMode::kZeros ? -1 : source_of_padding(i, size, mode).value_or(-1);
}

// P[n, c, y, x]: the input extended by the padding mode.
float padded_value(const Tensor& input, const Index& at, PaddingMode mode);

}  // namespace convscope::conv
