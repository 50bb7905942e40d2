#include "core/tensor/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace convscope {

namespace {

constexpr double kGrid = 1024.0;  // values are multiples of 1 / kGrid

// [0, 1), from the upper 53 bits.
double unit(SplitMix64& generator) { return static_cast<double>(generator.next() >> 11) * 0x1p-53; }

// One value per two draws: Box-Muller's second value is discarded, so that value i depends on i
// alone.
double normal(SplitMix64& generator) {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - unit(generator)));
  return std::round(radius * std::cos(2.0 * std::numbers::pi * unit(generator)) * kGrid) / kGrid;
}

// Rounded down, so that `high` itself is excluded; results below `low` are raised to it.
double uniform(SplitMix64& generator, double low, double high) {
  const double value = low + unit(generator) * (high - low);
  return std::max(std::floor(value * kGrid), std::ceil(low * kGrid)) / kGrid;
}

double whole(SplitMix64& generator, double low, double high) {
  const double first = std::ceil(low);
  const double last = std::max(first, std::floor(high));
  return std::min(last, first + std::floor(unit(generator) * (last - first + 1.0)));
}

double draw(SplitMix64& generator, const RandomSpec& spec) {
  switch (spec.distribution) {
    case Distribution::kNormal:
      return normal(generator);
    case Distribution::kUniform:
      return uniform(generator, spec.low, spec.high);
    case Distribution::kIntegers:
      return whole(generator, spec.low, spec.high);
  }
  return 0.0;
}

}  // namespace

std::uint64_t SplitMix64::next() {
  state_ += 0x9E3779B97F4A7C15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

Tensor random_tensor(const Shape& shape, const RandomSpec& spec) {
  SplitMix64 generator(spec.seed);
  std::vector<float> values(static_cast<std::size_t>(shape.count()));
  for (float& value : values) {
    value = static_cast<float>(draw(generator, spec));
  }
  return Tensor(shape, std::move(values));
}

}  // namespace convscope
