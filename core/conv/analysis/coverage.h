// How often each cell is used.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/conv/window_axis.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// (1, 1, H, W): the number of windows that read each input cell, including through its copies in
// the padding. 0: never read. For kConvTranspose: the number of output cells (after cropping) whose
// windows read it.
Tensor input_coverage(const LayerSpec& spec, const Shape& input);

// (1, 1, OH, OW): the number of terms of each output cell that come from a real input cell: how
// many stamps of a transposed convolution overlap there (its checkerboard), or how much of a window
// lies inside the input.
Tensor output_coverage(const LayerSpec& spec, const Shape& input);

// Both are products of counts along the axes.
using AxisCounts = std::vector<std::int64_t>;

// For each input cell of the axis, how many of the windows [first, last) read it; a window that
// reads it twice counts once.
AxisCounts windows_per_cell(const WindowAxis& axis, std::int64_t first, std::int64_t last);

// For each window of the axis, how many of its taps read one of the input cells [first, last).
AxisCounts cells_per_window(const WindowAxis& axis, std::int64_t first, std::int64_t last);

}  // namespace convscope::conv
