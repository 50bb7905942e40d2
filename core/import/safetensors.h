// safetensors: a length, a JSON object of names with dtype, shape and place, then the numbers.
// Format: https://github.com/huggingface/safetensors, "Format".
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/import/named_arrays.h"

namespace convscope::imports {

// What it holds, by name. As the format asks, the numbers must fill the file without a gap. `file`
// is its name for the message. Throws Failure "safetensors_*" or "npy_too_large". Everything is
// checked before memory is taken.
std::vector<NamedArray> safetensors_arrays(std::span<const std::byte> bytes,
                                           const std::string& file);

// One of them, of at most kMaxTensorValues numbers: F64, F32, F16, BF16, I8 to I64, U8 to U64,
// BOOL.
NpyArray read_safetensors(std::span<const std::byte> bytes, const std::string& name,
                          const std::string& file);

}  // namespace convscope::imports
