// A part of an array in Python's notation: "0:8, :, ::2, -1". A number drops its dimension, "..."
// stands for all dimensions not given, surrounding brackets are optional.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/import/text/result.h"
#include "core/tensor/npy.h"

namespace convscope::imports {

// One dimension: `count` places, from `start` on, `step` apart.
struct SliceSide {
  std::int64_t start = 0;
  std::int64_t step = 1;
  std::int64_t count = 0;
  bool dropped = false;  // whether it was a single number

  bool operator==(const SliceSide&) const = default;
};

// As in NumPy: bounds beyond the dimension are clamped, negative numbers count from the end. A
// Problem "slice_*" has "column", counted from 1, in its values; an empty part is a Problem too.
Result<std::vector<SliceSide>> read_slice(std::string_view text,
                                          std::span<const std::int64_t> shape);

// The shape of the part.
std::vector<std::int64_t> sliced_shape(std::span<const SliceSide> sides);

// The part; `sides` must have been read for the array's shape.
NpyArray sliced(const NpyArray& array, std::span<const SliceSide> sides);

}  // namespace convscope::imports
