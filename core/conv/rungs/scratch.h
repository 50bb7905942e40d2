// Temporary memory for a computation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

#include "core/conv/ceil_div.h"

namespace convscope::conv::rungs {

// Floats aligned for any vector; not initialized.
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

// The count rounded up, so that what follows is aligned too.
inline std::int64_t aligned_count(std::int64_t count) { return round_up(count, 16); }

}  // namespace convscope::conv::rungs
