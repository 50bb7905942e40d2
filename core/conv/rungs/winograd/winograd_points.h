// Winograd's algorithm, F(m, r) along each axis, m + r = 7, after A. Lavin, S. Gray, "Fast
// Algorithms for Convolutional Neural Networks" (2015): a tile of m by m' outputs comes from 6x6
// cells as
//
//   output = A^T [ sum over channels of (G kernel G^T) * (B^T cells B) ] A
//
// with * element by element: 36 products where 3x3 windows take 144. A polynomial of degree 5 is
// determined by its values at 0, +-kNear, +-kFar and its leading coefficient: the six "points" of
// each axis. The transforms follow from the points by Lagrange's formula
// (winograd_transforms-inl.h).
#pragma once

#include <cstdint>

#include "core/conv/ceil_div.h"

namespace convscope::conv::rungs {

inline constexpr std::int64_t kTileCells = 6;    // cells of a tile, and points, along each axis
inline constexpr std::int64_t kTilePoints = 36;  // products of a tile

// Of all pairs with few bits these had the smallest error, a quarter of that of the usual 1 and 2;
// all factors in the transforms of cells and outputs are exact in float.
inline constexpr double kNear = 0.625;
inline constexpr double kFar = 1.5;

inline constexpr std::int64_t kPanel = 64;  // filters (or channels) processed at a time

// The longest vector: channels and filters are padded to it, whatever the target.
inline constexpr std::int64_t kMostLanes = 16;

inline constexpr std::int64_t padded_to_lanes(std::int64_t count) {
  return round_up(count, kMostLanes);
}

// The distance from one point's plane, of `rows` rows of `width` floats, to the next. `width` is
// padded to lanes. An odd number of cache lines, since the 36 values of a tile would otherwise
// compete for the same cache sets.
inline constexpr std::int64_t plane_floats(std::int64_t rows, std::int64_t width) {
  return (rows * width / kMostLanes | 1) * kMostLanes;
}

// Values at the points: value(point, tile, channel) = data[point · plane + tile · row + channel].
struct Points {
  float* data = nullptr;
  std::int64_t plane = 0;
  std::int64_t row = 0;

  float* at(std::int64_t tile, std::int64_t channel) const { return data + tile * row + channel; }
};

}  // namespace convscope::conv::rungs
