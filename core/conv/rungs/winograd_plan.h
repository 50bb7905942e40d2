// What Winograd's way does to a layer, and where its parts lie. F(m, r) along each axis, m + r = 7,
// after A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks" (2015): a tile of m
// by m' outputs comes from 6x6 cells as
//
//   output = A^T [ sum over channels of (G kernel G^T) * (B^T cells B) ] A
//
// with * element by element: 36 products where 3x3 windows take 144. A polynomial of degree 5 is
// told by its values at 0, +-kNear, +-kFar and its leading coefficient: the six "points" of each
// axis. The transforms follow from the points by Lagrange's formula (winograd_transforms-inl.h).
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/winograd_axis.h"

namespace convscope {

// Of all pairs with few bits these gave the least error, a quarter of the usual 1 and 2; all that
// the transforms of cells and outputs multiply by is exact in float.
inline constexpr double kNear = 0.625;
inline constexpr double kFar = 1.5;

inline constexpr std::int64_t kPanel = 64;  // filters (or channels) worked on at a time

// The longest vector: channels and filters are padded to it, whatever the target.
inline constexpr std::int64_t kMostLanes = 16;

inline constexpr std::int64_t padded_to_lanes(std::int64_t count) {
  return (count + kMostLanes - 1) / kMostLanes * kMostLanes;
}

// From one point's plane, of `rows` rows of `width` floats, to the next. `width` is padded to
// lanes. An odd number of cache lines, as the 36 values of a tile would else compete for the same
// place in the cache.
inline constexpr std::int64_t plane_floats(std::int64_t rows, std::int64_t width) {
  return (rows * width / kMostLanes | 1) * kMostLanes;
}

// Neighbouring tiles of one row of tiles, those of all column phases.
struct TileRun {
  std::int64_t n = 0;
  std::int64_t phase = 0;   // of rows
  std::int64_t row = 0;     // of tiles in the phase
  std::int64_t column = 0;  // of the first tile
  std::int64_t count = 0;   // columns; tiles in each phase

  // Whether this lies right below `above`, so that their cells overlap.
  bool continues(const TileRun& above) const {
    return n == above.n && phase == above.phase && column == above.column && row == above.row + 1;
  }
};

// All tiles of a batch in runs of at most `most` tiles (or a tile of each phase), those below one
// another in sequence.
class TileRuns {
 public:
  TileRuns(std::int64_t batch, const WinogradAxes& axes, std::int64_t most)
      : batch_(batch),
        rows_(axes.rows.tiles),
        row_phases_(axes.rows.tile_phases),
        columns_(axes.columns.tiles),
        phases_(axes.columns.tile_phases),
        strips_(ceil_div(columns_, std::max<std::int64_t>(1, most / phases_))) {}

  std::int64_t count() const { return batch_ * strips_ * row_phases_ * rows_; }
  std::int64_t most_columns() const { return ceil_div(columns_, strips_); }
  std::int64_t longest() const { return most_columns() * phases_; }
  TileRun at(std::int64_t index) const {
    const std::int64_t in_strip = index / rows_ / row_phases_;
    const std::int64_t strip = in_strip % strips_;
    const std::int64_t begin = strip * columns_ / strips_;
    return {in_strip / strips_, index / rows_ % row_phases_, index % rows_, begin,
            (strip + 1) * columns_ / strips_ - begin};
  }
  // Tiles of runs [begin, end).
  std::int64_t tiles(std::int64_t begin, std::int64_t end) const {
    std::int64_t sum = 0;
    for (std::int64_t index = begin; index < end; ++index) {
      sum += at(index).count * phases_;
    }
    return sum;
  }

 private:
  std::int64_t batch_;
  std::int64_t rows_;
  std::int64_t row_phases_;
  std::int64_t columns_;
  std::int64_t phases_;  // of columns
  std::int64_t strips_;
};

// The runs in blocks of at most `most` tiles (or one run), as even as they can be; `least` blocks
// or more where there are so many runs.
struct TileBlocks {
  TileBlocks(std::int64_t batch, const WinogradAxes& axes, std::int64_t most,
             std::int64_t least = 1)
      : runs(batch, axes, most),
        count(std::clamp(ceil_div(runs.count(), std::max<std::int64_t>(1, most / runs.longest())),
                         std::min(least, runs.count()), runs.count())),
        tiles(ceil_div(runs.count(), count) * runs.longest()) {}

  // Block `index` is runs [begin(index), begin(index + 1)); the longer ones come first, so that
  // threads end together.
  std::int64_t begin(std::int64_t index) const { return ceil_div(index * runs.count(), count); }

  TileRuns runs;
  std::int64_t count;
  std::int64_t tiles;  // of the largest block, at most
};

// Floats that the packed rows of a run need.
inline std::int64_t pack_floats(const TileRuns& runs, const WinogradAxis& columns) {
  return kTileCells * columns.cells_of(runs.most_columns()) * kMostLanes;
}

// The floats that a rung may take as scratch memory: four times its operands, and a little.
inline std::int64_t most_scratch(const Windows& w) {
  constexpr std::int64_t kLittle = std::int64_t{1} << 15;
  const std::int64_t input = w.batch * w.groups * w.channels * w.input.h * w.input.w;
  const std::int64_t weight = w.groups * w.filters * w.taps();
  const std::int64_t output = w.batch * w.groups * w.filters * w.output.h * w.output.w;
  return 4 * (input + weight + output) + kLittle;
}

}  // namespace convscope
