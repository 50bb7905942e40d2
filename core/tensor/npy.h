// NumPy's .npy files, versions 1.0 to 3.0, to and from bytes (reading files is left to the app).
// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/tensor/tensor.h"

namespace convscope {

// An array of any rank, as float32 in C order.
struct NpyArray {
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};

// Reads bool, signed, unsigned and float element types of either byte order, C or Fortran order;
// numbers that float32 can't hold exactly are rounded. `name` is the file's name for error
// messages. Throws Failure "npy_*" on malformed input; sizes are checked before memory is
// allocated.
NpyArray parse_npy(std::span<const std::byte> bytes, const std::string& name);

// Version 1.0, '<f4', C order.
std::string npy_bytes(std::span<const std::int64_t> shape, std::span<const float> values);

// Ranks 1 to 4 become (N, C, H, W) by adding leading ones; others throw Failure "npy_rank".
Tensor tensor_from_npy(const NpyArray& array, const std::string& name);

}  // namespace convscope
