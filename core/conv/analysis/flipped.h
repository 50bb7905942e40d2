// The kernel turned by 180 degrees, which makes a correlation a true convolution.
#pragma once

#include "core/tensor/tensor.h"

namespace convscope::conv {

// (N, C, H, W) -> (N, C, H, W), every plane turned.
Tensor flipped(const Tensor& kernels);

}  // namespace convscope::conv
