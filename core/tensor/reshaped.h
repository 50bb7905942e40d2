// The same numbers under other sides.
#pragma once

#include "core/tensor/tensor.h"

namespace convscope {

// Shares the storage. Asserts that there are as many numbers.
Tensor reshaped(const Tensor& tensor, const Shape& shape);

}  // namespace convscope
