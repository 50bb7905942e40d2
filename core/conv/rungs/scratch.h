// Temporary memory for a computation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/conv/ceil_div.h"

namespace convscope::conv::rungs {

// Frees scratch memory, or keeps it.
struct ScratchReturn {
  std::size_t bytes = 0;
  void operator()(float* floats) const;
};

// Floats aligned for any vector; not initialized. Some memory is kept for the next computation: the
// system would hand it out page by page each time, which takes longer than a small layer.
class Scratch {
 public:
  static constexpr std::size_t kAlignment = 64;

  Scratch() = default;
  explicit Scratch(std::int64_t count);
  float* data() const { return floats_.get(); }

 private:
  std::unique_ptr<float, ScratchReturn> floats_;
};

// The most bytes that are kept from now on; 0 frees what is kept.
void keep_scratch(std::size_t most_bytes);
inline constexpr std::size_t kKeptScratch = std::size_t{1} << 25;

// The count rounded up, so that what follows is aligned too.
inline std::int64_t aligned_count(std::int64_t count) { return round_up(count, 16); }

}  // namespace convscope::conv::rungs
