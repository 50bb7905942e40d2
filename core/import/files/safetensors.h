// safetensors: a length, a JSON object of names with dtype, shape and offsets, then the numbers.
// Format: https://github.com/huggingface/safetensors, "Format".
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/import/files/named_arrays.h"

namespace convscope::imports {

// The arrays in it, by name. As the format requires, the numbers must fill the file without gaps.
// `file` is its name for error messages. Throws Failure "safetensors_*" or "npy_too_large".
// Everything is checked before memory is allocated.
std::vector<NamedArray> safetensors_arrays(std::span<const std::byte> bytes,
                                           const std::string& file);

// Reads one of them, of at most kMaxTensorValues numbers: F64, F32, F16, BF16, I8 to I64, U8 to
// U64, BOOL.
NpyArray read_safetensors(std::span<const std::byte> bytes, const std::string& name,
                          const std::string& file);

}  // namespace convscope::imports
