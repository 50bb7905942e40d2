// Operands as callers may have them: at any address, with no memory after them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

#include "tests/core/conv/random_layer.h"

namespace convscope::conv {

// Floats that start `shift` past an aligned address and end where their allocation ends.
class Floats {
 public:
  Floats(std::int64_t count, std::int64_t shift, float untouched = 77)
      : shift_(shift),
        untouched_(untouched),
        floats_(static_cast<std::size_t>(count + shift), untouched) {}
  Floats(const Tensor& tensor, std::int64_t shift) : Floats(tensor.shape().count(), shift) {
    std::copy(tensor.values().begin(), tensor.values().end(), data());
  }
  static Floats random(std::int64_t count, std::int64_t shift, Dice& dice) {
    Floats floats(count, shift);
    SplitMix64 generator(dice.seed());
    for (std::int64_t i = 0; i < count; ++i) {
      floats.data()[i] = static_cast<float>(generator.next() >> 40) * 0x1p-23F - 1.0F;
    }
    return floats;
  }
  Floats sizes() const {
    Floats result = *this;
    for (float& value : result.floats_) {
      value = std::abs(value);
    }
    return result;
  }
  float* data() { return floats_.data() + shift_; }
  const float* data() const { return floats_.data() + shift_; }
  std::int64_t count() const { return static_cast<std::int64_t>(floats_.size()) - shift_; }
  bool untouched() const { return untouched_up_to(floats_.end()); }
  bool untouched_before() const { return untouched_up_to(floats_.begin() + shift_); }

 private:
  bool untouched_up_to(std::vector<float>::const_iterator end) const {
    return std::all_of(floats_.begin(), end, [&](float value) {
      return std::memcmp(&value, &untouched_, sizeof value) == 0;
    });
  }

  std::int64_t shift_;
  float untouched_;
  std::vector<float> floats_;
};

}  // namespace convscope::conv
