// (x - mean) / std in every plane, as a batch normalisation does in training.
#pragma once

#include "core/tensor/tensor.h"

namespace convscope::lesson {

// Sums in double precision in storage order; the deviation is that of the whole plane. A plane of
// equal values becomes 0.
Tensor standardized(const Tensor& input);

}  // namespace convscope::lesson
