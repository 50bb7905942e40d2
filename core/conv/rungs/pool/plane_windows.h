// Windows that slide over each plane separately, without weights: pools. Every function gives the
// bits of the readable reference in core/conv/operators.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/conv/area.h"
#include "core/conv/run_options.h"
#include "core/conv/window_axis.h"

namespace convscope::conv::rungs {

struct PlaneWindows {
  const float* input = nullptr;  // (planes, H, W)
  std::int64_t planes = 1;       // N · C
  WindowAxes axes;
  Area area;                // of each map
  float* output = nullptr;  // (planes, area.h, area.w)
  std::int64_t pitch = 0;   // from row to row of the output; area.w, unless this is a part of it

  std::int64_t output_plane() const { return area.h * pitch; }
};

// The windows of a row that lie inside the input: the row is read in place where two neighbours are
// at most two cells apart. A multiple of `lanes`, and the cell after the last one is there too.
struct InnerWindows {
  std::int64_t begin = 0;  // in the area
  std::int64_t count = 0;
};
InnerWindows inner_windows(const PlaneWindows& job, std::int64_t lanes);

// How the cells that the windows of an output row read lie in a prepared row: split by the phases
// of the stride, so that neighbouring windows read neighbours, with what stands for the padding
// beside them.
struct WindowRow {
  explicit WindowRow(const PlaneWindows& job);

  std::int64_t stride = 1;
  std::int64_t first = 0;  // the cell of the first window's first tap; negative in the padding
  std::int64_t count = 0;  // cells of a phase
  std::vector<std::int64_t> phases;
  std::int64_t pitch = 0;             // from phase to phase
  std::vector<std::int64_t> offsets;  // of each tap
  std::int64_t ring = 0;              // rows kept: as many as a window reaches

  std::int64_t values() const { return pitch * static_cast<std::int64_t>(phases.size()); }
};

// Whether the rows of a window stay in the second-level cache.
bool window_rows_fit(const PlaneWindows& job);

// Where window_rows_fit(). The first of the largest values, NaN if there is one.
void max_pool(const PlaneWindows& job, const RunOptions& run);
// The sum in double precision, in the order i, j, divided by rows[y] · columns[x] for the window
// (y, x) of the area. Returns false without having written anything if this machine's vectors have
// no doubles.
bool average_pool(const PlaneWindows& job, std::span<const double> rows,
                  std::span<const double> columns, const RunOptions& run);

}  // namespace convscope::conv::rungs
