// The fast rung under conv2d() and under the input gradient of a transposed convolution.
#pragma once

#include "core/conv/conv2d.h"

namespace convscope {

// conv2d() of a kernel as it lies (no flip), where explicit pads may be negative: the input is cut.
Tensor correlate(const Tensor& input, const Tensor& weight, const Tensor& bias,
                 const LayerSpec& spec, Progress* progress = nullptr);

}  // namespace convscope
