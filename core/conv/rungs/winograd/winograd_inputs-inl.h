// Cells to values at the points.
#if defined(CONVSCOPE_WINOGRAD_INPUTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_WINOGRAD_INPUTS_INL_H_
#undef CONVSCOPE_WINOGRAD_INPUTS_INL_H_
#else
#define CONVSCOPE_WINOGRAD_INPUTS_INL_H_
#endif

#include <algorithm>
#include <vector>

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/winograd/winograd_pack-inl.h"
#include "core/conv/rungs/winograd/winograd_tiles.h"
#include "core/conv/rungs/winograd/winograd_transforms-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// B^T cells B of the tile whose cells start `offset` floats into each row and are `step` floats
// apart. In two halves: 18 values between columns and rows fit the registers, 36 don't.
template <bool kFirst>
HWY_INLINE void transform_cells(const PackedRows<kTileCells>& rows, std::int64_t offset,
                                std::int64_t step, float* to, std::int64_t plane) {
  const Lane d;
  Vector columns[6][3];
  for (int j = 0; j < 6; ++j) {
    Vector cells[6];
    for (int i = 0; i < 6; ++i) {
      cells[i] = hn::Load(d, rows.row(static_cast<std::size_t>(i)) + offset + j * step);
    }
    kFirst ? cells_to_first_points(cells, columns[j]) : cells_to_last_points(cells, columns[j]);
  }
  for (int i = 0; i < 3; ++i) {
    Vector across[6];
    for (int j = 0; j < 6; ++j) {
      across[j] = columns[j][i];
    }
    Vector first[3];
    Vector last[3];
    cells_to_first_points(across, first);
    cells_to_last_points(across, last);
    float* row = to + (i + (kFirst ? 0 : 3)) * 6 * plane;
    for (int j = 0; j < 3; ++j) {
      hn::StoreU(first[j], d, row + j * plane);
      hn::StoreU(last[j], d, row + (j + 3) * plane);
    }
  }
}

// Up to kLanes channels of the plan whose cells fill vectors, and how: those of one phase if there
// are enough of them, with the phases of the columns one after another in a row; otherwise all
// phases of the remaining channels, as many as there are lanes.
struct Packing {
  std::int64_t channel = 0;  // the first, of the part
  std::int64_t channels = 0;
  std::int64_t row_phase = 0;
  std::int64_t first = 0;  // of all phases of the channels
  Size2 phases = {1, 1};   // in the lanes
  std::int64_t at = 0;     // of the plan: where the first one's values at the points are
};

inline std::vector<Packing> packings_of(const WinogradAxes& axes, std::int64_t channels) {
  std::vector<Packing> packings;
  std::int64_t channel = 0;
  for (; channel + kLanes <= channels; channel += kLanes) {
    for (std::int64_t phase = 0; phase < axes.rows.channel_phases; ++phase) {
      const std::int64_t at =
          channel * axes.channel_phases() + phase * axes.columns.channel_phases * kLanes;
      packings.push_back({channel, kLanes, phase, 0, {1, 1}, at});
    }
  }
  const std::int64_t rest = channels - channel;
  const Size2 phases = {axes.rows.channel_phases, axes.columns.channel_phases};
  for (std::int64_t first = 0; first < rest * axes.channel_phases(); first += kLanes) {
    const std::int64_t at = channel * axes.channel_phases() + first;
    packings.push_back({channel, rest, 0, first, phases, at});
  }
  return packings;
}

// The cells of a run of tiles at the points, the columns' tile phases one after another; the
// channel phases that rows hold follow one another, kLanes channels each. `to`: the first tile and
// channel.
inline void transform_run(const WinogradAxes& axes, const TileRun& run,
                          const PackedRows<kTileCells>& rows, const Packing& packing,
                          const Points& to) {
  const WinogradAxis& columns = axes.columns;
  const std::int64_t phases = columns.step / packing.phases.w;
  for (std::int64_t phase = 0; phase < phases; ++phase) {
    const std::int64_t tile_phase = phase % columns.tile_phases;
    const std::int64_t channel_phase = phase / columns.tile_phases;
    for (std::int64_t t = 0; t < run.count; ++t) {
      const std::int64_t offset = (phase + t * columns.tile() * phases) * kLanes;
      float* points = to.at(tile_phase * run.count + t, channel_phase * kLanes);
      transform_cells<true>(rows, offset, phases * kLanes, points, to.plane);
      transform_cells<false>(rows, offset, phases * kLanes, points, to.plane);
    }
  }
}

// The cells of a part at the points, tile after tile.
inline void transform_inputs(const Windows& w, const WinogradAxes& axes, const float* input,
                             const Part& part, const TileRuns& runs, float* memory,
                             const Points& to) {
  const WinogradAxis& across = axes.columns;
  PackedRows<kTileCells> rows(memory, across.cells_of(runs.most_columns()));
  for (const Packing& packing : packings_of(axes, part.channels)) {
    std::int64_t tile = 0;
    TileRun above{.n = -1};
    for (std::int64_t index = part.begin; index < part.end; ++index) {
      const TileRun run = runs.at(index);
      const std::int64_t map =
          (run.n * w.groups + part.group) * w.channels + part.channel + packing.channel;
      const Maps maps{input + map * w.input.h * w.input.w,
                      packing.channels,
                      w.input,
                      w.mode,
                      packing.phases,
                      packing.first};
      const std::int64_t y =
          run.phase + packing.row_phase + run.row * axes.rows.tile() * axes.rows.step;
      const std::int64_t x = run.column * across.tile() * across.step;
      rows.pack(maps, {axes.rows.first + y, axes.rows.step, axes.rows.end()},
                {across.first + x, packing.phases.w, across.end()},
                across.cells_of(run.count) / packing.phases.w,
                run.continues(above) ? axes.rows.taps - 1 : 0);
      transform_run(axes, run, rows, packing, {to.at(tile, packing.at), to.plane, to.row});
      tile += run.count * across.tile_phases;
      above = run;
    }
  }
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
