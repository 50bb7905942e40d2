// A band of a layer's input, laid out so that every tap of every window reads it with stride 1.
//
// Rows and columns are split by their phase (row mod stride, column mod stride), padding is written
// out, and the rows of one phase follow each other at one pitch. Window (y, x) of the band then has
// the position y·pitch + x, its tap (i, j) lies at a fixed offset from there, and a vector of
// neighbouring positions may run on from one row into the next. Between two rows the zeros on the
// right of one serve as those on the left of the next.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/tile.h"

namespace convscope::conv::rungs {

// The windows [y, y + rows) x [x, x + columns).
struct Block {
  std::int64_t y = 0;
  std::int64_t x = 0;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
};

// How taps read one axis.
struct PhaseAxis {
  std::int64_t stride = 1;
  std::int64_t shift = 0;            // the input cell of phase 0 that the first window reads first
  std::int64_t reach = 0;            // cells of a phase behind the window's own that its taps go to
  std::vector<std::int64_t> phases;  // those that any tap reads
};

struct BandLayout {
  PhaseAxis rows;
  PhaseAxis columns;
  std::int64_t pitch = 0;    // floats from row to row of a phase
  std::int64_t plane = 0;    // from phase to phase
  std::int64_t channel = 0;  // from channel to channel
  std::int64_t size = 0;     // of all channels, with what vectors may read behind the end

  // Where a cell `row` rows and `column` columns of the input behind the first one lies.
  std::int64_t offset_of(std::int64_t row, std::int64_t column) const;
};

// Axes for all taps of `parts`, correlations of one input that share stride and mode.
PhaseAxis row_axis(std::span<const Correlation> parts);
PhaseAxis column_axis(std::span<const Correlation> parts);

// Windows of a block at most, and whether they are all that a row of the output has: only then do
// its rows end and begin with zeros.
struct BlockSize {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  bool whole_rows = false;
};

// The layout for blocks up to that size; `slack` floats may be read behind the end.
BandLayout layout_of(const PhaseAxis& rows, const PhaseAxis& columns, const Windows& windows,
                     const BlockSize& block, std::int64_t slack);

// Whether all that `block` reads lies inside the input, so that it can be read where it is, with
// `slack` floats behind the last position. n, group: of the planes that are read.
bool lies_inside(const PhaseAxis& rows, const PhaseAxis& columns, const Windows& windows,
                 const Block& block, std::int64_t n, std::int64_t group, std::int64_t slack);

// The taps of one part, in the order i, j.
std::vector<Tap> taps_of(const BandLayout& layout, const Correlation& part);

// Copies what `block` reads of the group's channels to `band` (layout.size floats).
void pack_band(const BandLayout& layout, const Correlation& part, const Block& block,
               std::int64_t n, std::int64_t group, float* band);

}  // namespace convscope::conv::rungs
