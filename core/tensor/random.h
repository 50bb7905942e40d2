// Seeded random tensors that are the same on every machine and compiler (std::normal_distribution
// is not). The generator is splitmix64; a normal value comes from Box-Muller in double precision.
#pragma once

#include <cstdint>
#include <vector>

#include "core/tensor/tensor.h"

namespace convscope {

// Vigna's splitmix64: every seed gives its own sequence of 64-bit numbers.
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next();

 private:
  std::uint64_t state_;
};

enum class Distribution { kNormal, kUniform, kIntegers };

// kNormal: mean 0, variance 1. kUniform: [low, high). kIntegers: whole numbers low..high, both
// included. Every value is rounded to a multiple of 2^-10, so sums of products stay exact.
struct RandomSpec {
  std::uint64_t seed = 0;
  Distribution distribution = Distribution::kNormal;
  double low = 0.0;
  double high = 1.0;

  bool operator==(const RandomSpec&) const = default;
};

Tensor random_tensor(const Shape& shape, const RandomSpec& spec);

}  // namespace convscope
