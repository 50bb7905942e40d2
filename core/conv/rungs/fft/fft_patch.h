// What the tiles of the FFT rung read, and where their results are written.
#pragma once

#include <cstdint>

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/fft/fft_plan.h"

namespace convscope::conv::rungs {

// A tile's outputs: rows [y, y + rows) and columns [x, x + columns) of a map.
struct FftPlace {
  std::int64_t y = 0;
  std::int64_t x = 0;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
};

// Tile `index` of a map; has no outputs if the index is past the last tile.
FftPlace fft_place(const Windows& windows, const FftPlan& plan, std::int64_t index);

// Rows to be transformed, each of plan.tile.w floats.
class FftRows {
 public:
  virtual ~FftRows() = default;
  // The row in place if it is contiguous there, otherwise assembled in `buffer`.
  virtual const float* row(std::int64_t y, float* buffer) const = 0;
};

// All zeros.
class FftZeros : public FftRows {
 public:
  const float* row(std::int64_t y, float* buffer) const override;
};

// A kernel turned about the origin: tap (i, j) is at (-i·dh, -j·dw), modulo the tile size. Its
// spectrum is then the factor for correlation.
class FftKernel : public FftRows {
 public:
  // filter: counted over the groups; channel: in its group. `job` must outlive this.
  FftKernel(const Correlation& job, const FftPlan& plan, std::int64_t filter, std::int64_t channel);
  const float* row(std::int64_t y, float* buffer) const override;

 private:
  const Correlation& job_;
  Size2 tile_;
  const float* weight_;
};

// The part of an input plane that a tile's outputs read; zeros below and right of it.
class FftPatch : public FftRows {
 public:
  // plane: of the input, counted over groups and batch. `job` must outlive this.
  FftPatch(const Correlation& job, const FftPlan& plan, const FftPlace& place, std::int64_t plane);
  const float* row(std::int64_t y, float* buffer) const override;

 private:
  const Windows& windows_;
  const float* plane_;
  std::int64_t width_;  // of the tile
  std::int64_t top_;    // the tile's first row and column in the plane
  std::int64_t left_;
  std::int64_t rows_;  // that are read
  std::int64_t columns_;
};

}  // namespace convscope::conv::rungs
