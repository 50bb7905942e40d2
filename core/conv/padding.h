// Which cell of the input a padded coordinate shows.
#pragma once

#include <cstdint>
#include <optional>

#include "core/conv/layer_spec.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// Position `i` on an axis of `size` cells, counted from the first real cell (so the padding before
// it is negative). Returns the real cell whose value stands there: `i` itself inside; under
// reflect, replicate and circular the neighbour that is copied; nothing under zeros. Source:
// torch.nn.functional.pad.
std::optional<std::int64_t> source_index(std::int64_t i, std::int64_t size, PaddingMode mode);

// P[n, c, y, x]: the input continued by the padding mode.
float padded_value(const Tensor& input, const Index& at, PaddingMode mode);

}  // namespace convscope::conv
