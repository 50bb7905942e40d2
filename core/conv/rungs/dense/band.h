// A band of a layer's input, laid out so that every tap of every window reads it with stride 1.
//
// Rows and columns are split by phase (row mod stride, column mod stride), padding is written out,
// and the rows of one phase are stored one after another at a fixed pitch. Window (y, x) of the
// band then has position y·pitch + x, its tap (i, j) is at a fixed offset from there, and a vector
// of neighbouring positions may continue from one row into the next. Between two rows the zeros to
// the right of one double as the zeros to the left of the next.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/dense/tile.h"

namespace convscope::conv::rungs {

// The windows [y, y + rows) x [x, x + columns).
struct Block {
  std::int64_t y = 0;
  std::int64_t x = 0;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
};

// Which cells of an axis the taps read.
struct PhaseAxis {
  std::int64_t stride = 1;
  std::int64_t shift = 0;            // the first input cell of phase 0 that the first window reads
  std::int64_t reach = 0;            // cells of a phase that taps read past the window's own
  std::vector<std::int64_t> phases;  // the ones that any tap reads
};

struct BandLayout {
  PhaseAxis rows;
  PhaseAxis columns;
  std::int64_t pitch = 0;    // floats from row to row of a phase
  std::int64_t plane = 0;    // from phase to phase
  std::int64_t channel = 0;  // from channel to channel
  std::int64_t size = 0;     // of all channels, including what vectors may read past the end

  // The offset of the cell `row` rows and `column` columns of the input past the first one.
  std::int64_t offset_of(std::int64_t row, std::int64_t column) const;
};

// Axes for all taps of `parts`, which are correlations of one input with the same stride and mode.
PhaseAxis row_axis(std::span<const Correlation> parts);
PhaseAxis column_axis(std::span<const Correlation> parts);

// The most windows of a block, and whether they are a whole row of the output: only then do rows
// start and end with zeros.
struct BlockSize {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  bool whole_rows = false;
};

// The layout for blocks up to that size; `slack` floats may be read past the end.
BandLayout layout_of(const PhaseAxis& rows, const PhaseAxis& columns, const Windows& windows,
                     const BlockSize& block, std::int64_t slack);

// Whether everything that `block` reads lies inside the input, so that it can be read in place,
// with `slack` floats after the last position. n, group: the planes that are read.
bool lies_inside(const PhaseAxis& rows, const PhaseAxis& columns, const Windows& windows,
                 const Block& block, std::int64_t n, std::int64_t group, std::int64_t slack);

// The taps of one part, in the order i, j.
std::vector<Tap> taps_of(const BandLayout& layout, const Correlation& part);

// Copies what `block` reads of the group's channels to `band` (layout.size floats).
void pack_band(const BandLayout& layout, const Correlation& part, const Block& block,
               std::int64_t n, std::int64_t group, float* band);

}  // namespace convscope::conv::rungs
