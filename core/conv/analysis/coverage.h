// How often each cell takes part.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/conv/window_axis.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// (1, 1, H, W): the number of windows that read each cell of the input, through its copies in the
// padding too. 0: never read. Of kConvTranspose: how many of its output cells' windows do (after
// the cut).
Tensor input_coverage(const LayerSpec& spec, const Shape& input);

// (1, 1, OH, OW): the number of terms with a real input cell behind each output cell: how many
// stamps of a transposed convolution overlap there (its checkerboard), how much of a window lies
// inside the input.
Tensor output_coverage(const LayerSpec& spec, const Shape& input);

// Both are products of counts along the axes.
using AxisCounts = std::vector<std::int64_t>;

// For each own cell of the axis, how many of the windows [first, last) read it; a window that reads
// it twice counts once.
AxisCounts windows_per_cell(const WindowAxis& axis, std::int64_t first, std::int64_t last);

// For each window of the axis, how many of its taps show one of the own cells [first, last).
AxisCounts cells_per_window(const WindowAxis& axis, std::int64_t first, std::int64_t last);

}  // namespace convscope::conv
