// The header of an .npy file: a Python dictionary literal with three known keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/tensor/element.h"

namespace convscope {

struct NpyHeader {
  ElementType type;
  bool fortran_order = false;
  std::vector<std::int64_t> shape;
  std::int64_t count = 1;      // elements, at most kMostNpyElements
  std::size_t data_begin = 0;  // where the numbers start
};

inline constexpr std::int64_t kMostNpyElements = std::int64_t{1} << 31;

// Throws Failure "npy_*". Doesn't check the numbers, nor whether they are there.
NpyHeader parse_npy_header(std::span<const std::byte> bytes, const std::string& name);

}  // namespace convscope
