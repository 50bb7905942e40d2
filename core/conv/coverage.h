// How often each cell takes part.
#pragma once

#include "core/conv/layer_spec.h"
#include "core/tensor/tensor.h"

namespace convscope {

// (1, 1, H, W): the number of windows that read each cell of the input, through its copies in the
// padding too. 0: never read. Of kConvTranspose: how many of its output cells' windows do (after
// the cut).
Tensor input_coverage(const LayerSpec& spec, const Shape& input);

// (1, 1, OH, OW): the number of terms with a real input cell behind each output cell: how many
// stamps of a transposed convolution overlap there (its checkerboard), how much of a window lies
// inside the input.
Tensor output_coverage(const LayerSpec& spec, const Shape& input);

}  // namespace convscope
