// Seeded random choices, the same on every machine.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/tensor/random.h"
#include "core/tensor/tensor.h"

namespace convscope::quiz {

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : generator_(seed) {}

  // From low to high, both inclusive; low if the range is empty.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    const auto count = static_cast<std::uint64_t>(std::max<std::int64_t>(high - low + 1, 1));
    return low + static_cast<std::int64_t>((generator_.next() >> 11) % count);
  }
  bool chance(int percent) { return between(0, 99) < percent; }
  std::int64_t pick(std::initializer_list<std::int64_t> values) {
    return values.begin()[between(0, static_cast<std::int64_t>(values.size()) - 1)];
  }
  std::uint64_t seed() { return generator_.next(); }

  // Integers low..high.
  Tensor integers(const Shape& shape, std::int64_t low, std::int64_t high) {
    return random_tensor(shape, {seed(), Distribution::kIntegers, static_cast<double>(low),
                                 static_cast<double>(high)});
  }
  template <typename Value>
  void shuffle(std::vector<Value>& values) {
    for (std::size_t i = values.size(); i > 1; --i) {
      const auto other = static_cast<std::size_t>(between(0, static_cast<std::int64_t>(i) - 1));
      std::swap(values[i - 1], values[other]);
    }
  }

 private:
  SplitMix64 generator_;
};

// A seed that depends on all parts and their order.
inline std::uint64_t seed_of(std::initializer_list<std::uint64_t> parts) {
  std::uint64_t seed = 0;
  for (const std::uint64_t part : parts) {
    seed = SplitMix64(seed ^ part).next();
  }
  return seed;
}

// Text as a part of a seed. Source: Fowler, Noll, Vo, "FNV-1a".
inline std::uint64_t seed_part(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  }
  return hash;
}

}  // namespace convscope::quiz
