// Tensors as files: NumPy's .npy and .npz, and safetensors. The same tensors always give the same
// bytes.
#pragma once

#include <span>
#include <string>

#include "core/code/numbers/number_format.h"

namespace convscope::code {

// The first tensor.
std::string npy_file(std::span<const NamedTensor> tensors);
// All of them, not compressed, as np.savez does.
std::string npz_file(std::span<const NamedTensor> tensors);
std::string safetensors_file(std::span<const NamedTensor> tensors);

}  // namespace convscope::code
