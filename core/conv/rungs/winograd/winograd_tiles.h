// The tiles that the outputs of a layer are split into, in runs and blocks.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/winograd/winograd_axis.h"
#include "core/conv/rungs/winograd/winograd_points.h"

namespace convscope::conv::rungs {

// Neighbouring tiles in one row of tiles, those of all column phases.
struct TileRun {
  std::int64_t n = 0;
  std::int64_t phase = 0;   // of rows
  std::int64_t row = 0;     // of tiles in the phase
  std::int64_t column = 0;  // of the first tile
  std::int64_t count = 0;   // columns; tiles in each phase

  // Whether this run is directly below `above`, so that their cells overlap.
  bool continues(const TileRun& above) const {
    return n == above.n && phase == above.phase && column == above.column && row == above.row + 1;
  }
};

// All tiles of a batch in runs of at most `most` tiles (or a tile of each phase); runs below one
// another are consecutive.
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

// The runs in blocks of at most `most` tiles (or one run), as even as possible; at least `least`
// blocks if there are that many runs.
struct TileBlocks {
  TileBlocks(std::int64_t batch, const WinogradAxes& axes, std::int64_t most,
             std::int64_t least = 1)
      : runs(batch, axes, most),
        count(std::clamp(ceil_div(runs.count(), std::max<std::int64_t>(1, most / runs.longest())),
                         std::min(least, runs.count()), runs.count())),
        tiles(ceil_div(runs.count(), count) * runs.longest()) {}

  // Block `index` is runs [begin(index), begin(index + 1)); the longer blocks come first, so that
  // threads finish together.
  std::int64_t begin(std::int64_t index) const { return ceil_div(index * runs.count(), count); }

  TileRuns runs;
  std::int64_t count;
  std::int64_t tiles;  // of the largest block, at most
};

// The size in floats of the packed rows of a run.
inline std::int64_t pack_floats(const TileRuns& runs, const WinogradAxis& columns) {
  return kTileCells * columns.cells_of(runs.most_columns()) * kMostLanes;
}

// Some runs of tiles and some maps of a group.
struct Part {
  std::int64_t group = 0;
  std::int64_t channel = 0;   // the first: of the group's channels, or filters
  std::int64_t channels = 0;  // how many
  std::int64_t begin = 0;     // runs [begin, end)
  std::int64_t end = 0;
};

}  // namespace convscope::conv::rungs
