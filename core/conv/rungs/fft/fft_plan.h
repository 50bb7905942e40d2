// How the FFT rung splits a layer into tiles.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// The allowed side lengths of a tile, and the largest.
inline constexpr std::int64_t kFftLengths[] = {32, 64, 128, 256, 512};
inline constexpr std::int64_t kFftLongest = 512;

// The transform of n values starts with a pass of this radix and continues with as many parts of
// n/radix values each; a part of 8 is a single last pass.
constexpr std::int64_t fft_radix(std::int64_t n) { return n == 64 || n == 512 ? 8 : 4; }

struct FftPlan {
  Size2 tile;   // the size that is transformed
  Size2 step;   // outputs per tile: the tile less the kernel's reach, plus 1
  Size2 tiles;  // to cover an output map

  std::int64_t channels = 0;  // of a group
  std::int64_t spectra = 0;   // kernels: groups · filters · channels
  std::int64_t pairs = 0;     // of tiles, per output map
  double cost = 0;            // approximate nanoseconds on one thread

  std::int64_t spectrum_floats() const { return 2 * tile.h * tile.w; }
  // Strips are separated by a gap, so that their rows don't compete for the same cache sets.
  static constexpr std::int64_t kGap = 2;
  std::int64_t tile_floats() const { return 2 * (tile.h + kGap) * tile.w; }
  // Per worker: two lines, for vectors of any length, and a tile for each channel.
  static constexpr std::int64_t kMostLanes = 16;
  std::int64_t worker_floats() const {
    return 2 * tile.w * 2 * kMostLanes + channels * tile_floats();
  }
  // The number of workers that fit in this many floats.
  std::int64_t room(std::int64_t most_floats) const {
    return std::max<std::int64_t>(0, most_floats - spectra * spectrum_floats()) / worker_floats();
  }
};

// The cheapest plan within most_scratch() on one thread; empty if the rung doesn't apply.
std::optional<FftPlan> fft_plan(const Windows& windows);

// The twiddle factors of transforms of lengths tile.h and tile.w and of all their parts.
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

// Shared by all tasks.
struct FftWork {
  const Correlation& job;
  FftPlan plan;
  FftTwiddles twiddles;
  float* spectra;  // of filter f (counted over the groups) and channel c at f · channels + c
};

}  // namespace convscope::conv::rungs
