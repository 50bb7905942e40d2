// Memory for the length of a computation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "core/conv/ceil_div.h"

namespace convscope::conv::rungs {

// Floats at an address that any vector can be loaded from, their values not set.
class Scratch {
 public:
  static constexpr std::size_t kAlignment = 64;

  Scratch() = default;
  explicit Scratch(std::int64_t count)
      : floats_(static_cast<float*>(::operator new(static_cast<std::size_t>(count) * sizeof(float),
                                                   std::align_val_t{kAlignment}))) {}
  float* data() const { return floats_.get(); }

 private:
  struct Free {
    void operator()(float* floats) const {
      ::operator delete(floats, std::align_val_t{kAlignment});
    }
  };
  std::unique_ptr<float, Free> floats_;
};

// So many floats that what follows them is aligned too.
inline std::int64_t aligned_count(std::int64_t count) { return round_up(count, 16); }

}  // namespace convscope::conv::rungs
