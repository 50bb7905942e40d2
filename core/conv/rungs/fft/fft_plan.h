// How the FFT rung cuts a layer into tiles.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// The lengths that a tile's sides may have, and the last of them.
inline constexpr std::int64_t kFftLengths[] = {32, 64, 128, 256, 512};
inline constexpr std::int64_t kFftLongest = 512;

// The transform of n values begins with a pass of this radix and goes on in as many parts of n /
// radix values each; a part of 8 is one last pass.
constexpr std::int64_t fft_radix(std::int64_t n) { return n == 64 || n == 512 ? 8 : 4; }

struct FftPlan {
  Size2 tile;   // what is transformed at a time
  Size2 step;   // outputs that a tile gives: the tile less the kernel's reach, plus 1
  Size2 tiles;  // that cover an output map

  std::int64_t channels = 0;  // of a group
  std::int64_t spectra = 0;   // kernels: groups · filters · channels
  std::int64_t pairs = 0;     // of tiles, for each output map
  double cost = 0;            // nanoseconds, roughly, on one thread

  std::int64_t spectrum_floats() const { return 2 * tile.h * tile.w; }
  // With a gap after each strip, so that their rows don't compete for the same sets of the cache.
  static constexpr std::int64_t kGap = 2;
  std::int64_t tile_floats() const { return 2 * (tile.h + kGap) * tile.w; }
  // Each worker's: two lines for vectors of any length, and a tile for each channel.
  static constexpr std::int64_t kMostLanes = 16;
  std::int64_t worker_floats() const {
    return 2 * tile.w * 2 * kMostLanes + channels * tile_floats();
  }
  // The workers that so many floats are enough for.
  std::int64_t room(std::int64_t most_floats) const {
    return std::max<std::int64_t>(0, most_floats - spectra * spectrum_floats()) / worker_floats();
  }
};

// The cheapest plan that keeps to most_scratch() on one thread; empty where the rung doesn't apply.
std::optional<FftPlan> fft_plan(const Windows& windows);

// The twiddle factors of transforms of the lengths tile.h and tile.w and of all their parts.
class FftTwiddles {
 public:
  explicit FftTwiddles(Size2 tile);
  // exp(-2πi·j·q/n) for 0 <= j < n/radix and 1 <= q < radix at [2·(j·(radix - 1) + q - 1)]: the
  // real part, then the imaginary part.
  const float* of(std::int64_t n) const { return tables_[slot(n)].data(); }

 private:
  static std::size_t slot(std::int64_t n);

  std::vector<float> tables_[10];  // by log2(n)
};

// What all tasks share.
struct FftWork {
  const Correlation& job;
  FftPlan plan;
  FftTwiddles twiddles;
  float* spectra;  // of filter f (counted over the groups) and channel c at f · channels + c
};

}  // namespace convscope::conv::rungs
