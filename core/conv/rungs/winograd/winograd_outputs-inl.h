// Sums at the points to outputs, and outputs to the maps.
#if defined(CONVSCOPE_WINOGRAD_OUTPUTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_WINOGRAD_OUTPUTS_INL_H_
#undef CONVSCOPE_WINOGRAD_OUTPUTS_INL_H_
#else
#define CONVSCOPE_WINOGRAD_OUTPUTS_INL_H_
#endif

#include <algorithm>
#include <array>

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/winograd/winograd_pack-inl.h"
#include "core/conv/rungs/winograd/winograd_plan.h"
#include "core/conv/rungs/winograd/winograd_transforms-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// A^T sums A of one tile, kLanes filters: to `outputs` at [row][column][filter], `pitch` floats
// from row to row, `step` from column to column. `check` becomes NaN if a value isn't finite.
template <int kRows, int kColumns>
void sums_to_outputs(const float* sums, std::int64_t plane, Vector bias, float* outputs,
                     std::int64_t pitch, std::int64_t step, Vector& check) {
  const Lane d;
  Vector rows[6][kColumns];
  for (int i = 0; i < 6; ++i) {
    Vector points[6];
    for (int j = 0; j < 6; ++j) {
      points[j] = hn::Load(d, sums + (6 * i + j) * plane);
    }
    points_to_outputs(points, rows[i]);
  }
  for (int s = 0; s < kColumns; ++s) {
    Vector points[6];
    for (int i = 0; i < 6; ++i) {
      points[i] = rows[i][s];
    }
    Vector column[kRows];
    points_to_outputs(points, column);
    for (int r = 0; r < kRows; ++r) {
      const Vector value = hn::Add(column[r], bias);
      check = hn::MulAdd(value, hn::Zero(d), check);
      hn::Store(value, d, outputs + r * pitch + s * step);
    }
  }
}

struct SumsToOutputs {
  template <int kRows, int kColumns>
  static constexpr auto at() {
    return sums_to_outputs<kTileCells + 1 - kRows, kTileCells + 1 - kColumns>;
  }
};

// Stores columns of up to kLanes filters: `outputs` at [column][filter] to rows `pitch` apart.
inline void store_columns(const float* outputs, std::int64_t filters, std::int64_t columns,
                          float* to, std::int64_t pitch) {
  if constexpr (kLanes == 1) {
    std::copy_n(outputs, columns, to);
    return;
  }
  if (filters == kLanes && columns >= kLanes) {
    for (std::int64_t x = 0; x < columns; x += kLanes) {
      const std::int64_t first = std::min(x, columns - kLanes);  // the last may overlap another
      transpose_square(Lane(), outputs + first * kLanes, kLanes, to + first, pitch);
    }
    return;
  }
  for (std::int64_t x = 0; x < columns; x += kLanes) {
    alignas(64) std::array<float, kLanes * kLanes> flipped;
    transpose_square(Lane(), outputs + x * kLanes, kLanes, flipped.data(), kLanes);
    for (std::int64_t k = 0; k < filters; ++k) {
      std::copy_n(flipped.data() + k * kLanes, std::min(kLanes, columns - x), to + k * pitch + x);
    }
  }
}

// Columns of the output, [begin, end).
struct Span {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

// The columns that a run computes of one phase, including the outputs of all tile phases.
inline Span columns_of(const WinogradAxis& axis, const TileRun& run, std::int64_t phase) {
  const std::int64_t lag = axis.filters_of(phase).lag;
  const auto column = [&](std::int64_t tile) {
    return axis.output_step() * (tile * axis.tile() - lag);
  };
  return {std::max<std::int64_t>(0, column(run.column)),
          std::min(axis.output, column(run.column + run.count))};
}

// Stores one row of a run's outputs, at [column][filter] from column `first` on, in the maps. If
// one phase lags behind another, single columns remain at both ends.
inline void store_row(const WinogradAxis& axis, const TileRun& run, const float* outputs,
                      std::int64_t first, std::int64_t filters, float* to, std::int64_t pitch) {
  Span all = columns_of(axis, run, 0);
  Span any = all;
  for (std::int64_t phase = 1; phase < axis.filter_phases(); ++phase) {
    const Span columns = columns_of(axis, run, phase);
    all = {std::max(all.begin, columns.begin), std::min(all.end, columns.end)};
    any = {std::min(any.begin, columns.begin), std::max(any.end, columns.end)};
  }
  all.end = std::max(all.begin, all.end);
  store_columns(outputs + (all.begin - first) * kLanes, filters, all.end - all.begin,
                to + all.begin, pitch);
  const auto store_ragged = [&](Span ragged) {
    for (std::int64_t x = ragged.begin; x < ragged.end; ++x) {
      const Span columns = columns_of(axis, run, x % axis.filter_phases());
      if (x >= columns.begin && x < columns.end) {
        for (std::int64_t k = 0; k < filters; ++k) {
          to[k * pitch + x] = outputs[(x - first) * kLanes + k];
        }
      }
    }
  };
  store_ragged({any.begin, std::min(any.end, all.begin)});
  store_ragged({std::max(any.begin, all.end), any.end});
}

// Stores a run's outputs for filters [filter, filter + count) of a group, count at most kLanes,
// from their sums at the points, which are kMostLanes apart from phase to phase. Returns 0 in all
// lanes, or NaN if a value isn't finite. `memory`: plan.row_floats().
inline Vector write_run(const Correlation& job, const WinogradPlan& plan, const TileRun& run,
                        std::int64_t group, std::int64_t filter, std::int64_t count,
                        const Points& sums, float* memory) {
  const Windows& w = job.windows;
  const WinogradAxis& rows = plan.axes.rows;
  const WinogradAxis& columns = plan.axes.columns;
  const auto to_outputs = of_taps<SumsToOutputs>(plan.axes);
  const Lane d;
  const std::int64_t map = (run.n * w.groups + group) * w.filters + filter;
  alignas(64) float biases[kLanes] = {};
  if (job.bias != nullptr) {
    std::copy_n(job.bias + group * w.filters + filter, count, biases);
  }
  const Vector bias = hn::Load(d, biases);
  Vector check = hn::Zero(d);
  const std::int64_t step = columns.output_step();
  const std::int64_t lag = columns.most_lag();
  const std::int64_t pitch = columns.outputs_of(run.count) * kLanes;
  const std::int64_t first = step * (run.column * columns.tile() - lag);
  for (std::int64_t p = 0; p < rows.filter_phases(); ++p) {
    for (std::int64_t phase = 0; phase < step; ++phase) {
      const std::int64_t q = phase % columns.filter_phases();
      const std::int64_t tile_phase = phase % columns.tile_phases;
      const float* from =
          sums.at(tile_phase * run.count, (p * columns.filter_phases() + q) * kMostLanes);
      const std::int64_t begin = step * (lag - columns.filters_of(q).lag) + phase;
      for (std::int64_t t = 0; t < run.count; ++t) {
        to_outputs(from + t * sums.row, sums.plane, bias,
                   memory + (begin + step * t * columns.tile()) * kLanes, pitch, step * kLanes,
                   check);
      }
    }
    for (std::int64_t r = 0; r < rows.tile(); ++r) {
      const std::int64_t y =
          rows.output_step() * (run.row * rows.tile() + r - rows.filters_of(p).lag) + run.phase + p;
      if (y >= 0 && y < w.output.h) {
        store_row(columns, run, memory + r * pitch, first, count,
                  job.output + (map * w.output.h + y) * w.output.w, w.output.h * w.output.w);
      }
    }
  }
  return check;
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
