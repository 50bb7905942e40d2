// Which input cell a padded coordinate refers to.
#pragma once

#include <cstdint>
#include <optional>

#include "core/conv/layer_spec.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// Position `i` on an axis of `size` cells, counted from the first real cell (so the padding before
// it is negative). Returns the real cell whose value is there: `i` itself inside the input; with
// reflect, replicate and circular padding the cell that is copied; nullopt with zeros. Source:
// torch.nn.functional.pad.
std::optional<std::int64_t> source_index(std::int64_t i, std::int64_t size, PaddingMode mode);

// P[n, c, y, x]: the input extended by the padding mode.
float padded_value(const Tensor& input, const Index& at, PaddingMode mode);

}  // namespace convscope::conv
