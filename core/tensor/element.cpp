#include "core/tensor/element.h"

#include <cmath>
#include <cstdint>
#include <limits>

#include "core/tensor/bit_cast.h"

namespace convscope {

namespace {

std::uint64_t load(const std::byte* from, std::size_t size, bool big_endian) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t significance = big_endian ? size - 1 - i : i;
    bits |= std::to_integer<std::uint64_t>(from[i]) << (8 * significance);
  }
  return bits;
}

// IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits.
float half_to_float(std::uint64_t bits) {
  const int exponent = static_cast<int>(bits >> 10 & 0x1F);
  const auto fraction = static_cast<float>(bits & 0x3FF);
  float magnitude = 0;
  if (exponent == 0x1F) {
    magnitude = fraction == 0 ? std::numeric_limits<float>::infinity()
                              : std::numeric_limits<float>::quiet_NaN();
  } else if (exponent == 0) {
    magnitude = std::ldexp(fraction, -24);
  } else {
    magnitude = std::ldexp(fraction + 1024.0F, exponent - 25);
  }
  return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

float float_from(std::uint64_t bits, std::size_t size) {
  switch (size) {
    case 2:
      return half_to_float(bits);
    case 4:
      return bit_cast<float>(static_cast<std::uint32_t>(bits));
    default:
      return static_cast<float>(bit_cast<double>(bits));
  }
}

std::int64_t sign_extended(std::uint64_t bits, std::size_t size) {
  const auto shift = static_cast<int>(64 - 8 * size);
  return static_cast<std::int64_t>(bits << shift) >> shift;
}

float to_float(std::uint64_t bits, const ElementType& type) {
  switch (type.kind) {
    case 'b':
      return bits != 0 ? 1.0F : 0.0F;
    case 'i':
      return static_cast<float>(sign_extended(bits, type.size));
    case 'u':
      return static_cast<float>(bits);
    case 'B':  // the upper half of a float32
      return bit_cast<float>(static_cast<std::uint32_t>(bits << 16));
    default:
      return float_from(bits, type.size);
  }
}

}  // namespace

float element_at(const std::byte* from, const ElementType& type) {
  return to_float(load(from, type.size, type.big_endian), type);
}

}  // namespace convscope
