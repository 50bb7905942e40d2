// Reads one number of an array file as float32.
#pragma once

#include <cstddef>

namespace convscope {

// 'b' bool, 'i' signed, 'u' unsigned, 'f' floating (IEEE 754) or 'B' bfloat16, of `size` bytes.
struct ElementType {
  char kind = 'f';
  std::size_t size = 4;
  bool big_endian = false;

  bool operator==(const ElementType&) const = default;
};

// The number in the `type.size` bytes at `from`. Rounded if float32 can't hold it exactly.
float element_at(const std::byte* from, const ElementType& type);

}  // namespace convscope
