// Maps to rows of cells with a channel in each lane, those to values at the points, and back.
#if defined(CONVSCOPE_WINOGRAD_PACK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_WINOGRAD_PACK_INL_H_
#undef CONVSCOPE_WINOGRAD_PACK_INL_H_
#else
#define CONVSCOPE_WINOGRAD_PACK_INL_H_
#endif

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "core/conv/padding.h"
#include "core/conv/rungs/winograd_transforms-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR
// Four floats from each of `pitch`-distant places, first to last.
template <class D>
HWY_INLINE hn::Vec<D> load_fours(D d, const float* from, std::int64_t pitch) {
  if constexpr (hn::MaxLanes(D()) <= 4) {
    return hn::LoadU(d, from);
  } else {
    const hn::Half<D> half;
    constexpr auto kFours = static_cast<std::int64_t>(hn::MaxLanes(D()) / 8);
    return hn::Combine(d, load_fours(half, from + kFours * pitch, pitch),
                       load_fours(half, from, pitch));
  }
}
#endif

// to[x · to_pitch + c] = from[c · from_pitch + x], both below kLanes.
HWY_INLINE void transpose(const float* from, std::int64_t from_pitch, float* to,
                          std::int64_t to_pitch) {
#if HWY_TARGET == HWY_SCALAR
  static_cast<void>(from_pitch);
  static_cast<void>(to_pitch);
  *to = *from;
#else
  const Lane d;
  const hn::RepartitionToWide<hn::RebindToUnsigned<Lane> > pairs;
  for (std::int64_t x = 0; x < kLanes; x += 4) {
    // Rows c, c + 4, ... of four columns each; then 4x4 transposes.
    const Vector r0 = load_fours(d, from + x, 4 * from_pitch);
    const Vector r1 = load_fours(d, from + x + from_pitch, 4 * from_pitch);
    const Vector r2 = load_fours(d, from + x + 2 * from_pitch, 4 * from_pitch);
    const Vector r3 = load_fours(d, from + x + 3 * from_pitch, 4 * from_pitch);
    const auto low01 = hn::BitCast(pairs, hn::InterleaveLower(d, r0, r1));
    const auto low23 = hn::BitCast(pairs, hn::InterleaveLower(d, r2, r3));
    const auto high01 = hn::BitCast(pairs, hn::InterleaveUpper(d, r0, r1));
    const auto high23 = hn::BitCast(pairs, hn::InterleaveUpper(d, r2, r3));
    float* column = to + x * to_pitch;
    hn::StoreU(hn::BitCast(d, hn::InterleaveLower(pairs, low01, low23)), d, column);
    hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(pairs, low01, low23)), d, column + to_pitch);
    hn::StoreU(hn::BitCast(d, hn::InterleaveLower(pairs, high01, high23)), d,
               column + 2 * to_pitch);
    hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(pairs, high01, high23)), d,
               column + 3 * to_pitch);
  }
#endif
}

using Square = std::array<float, kLanes * kLanes>;

// Maps that lie one behind the other, continued by `mode`, and what the lanes of a vector hold of
// them: the cells at one place of up to kLanes maps; or, with phases, of a few maps, those up to
// phases.h - 1 rows below and phases.w - 1 columns to the right of it too. Lane l holds the map
// (first + l) % count and its phase (first + l) / count.
struct Maps {
  const float* data = nullptr;
  std::int64_t count = 0;
  Size2 size;
  PaddingMode mode = PaddingMode::kZeros;
  Size2 phases = {1, 1};
  std::int64_t first = 0;

  std::int64_t pitch() const { return size.h * size.w; }
  std::int64_t lanes() const { return std::min(kLanes, count * phases.h * phases.w - first); }
};

// Cells begin, begin + step, ... of an axis, of which those from `end` on are zero.
struct Line {
  std::int64_t begin = 0;
  std::int64_t step = 1;
  std::int64_t end = 0;

  Line from(std::int64_t offset) const { return {begin + offset, step, end}; }
  // How many of the first `count` lie before a cell.
  std::int64_t before(std::int64_t cell, std::int64_t count) const {
    return std::clamp<std::int64_t>(ceil_div(cell - begin, step), 0, count);
  }
  // Of the first `count`: [inside.first, inside.second) lie on the axis, of `size` cells.
  std::pair<std::int64_t, std::int64_t> inside(std::int64_t size, std::int64_t count) const {
    const std::int64_t first = before(0, before(end, count));
    return {first, std::max(first, before(std::min(end, size), count))};
  }
};

// Cells of `row`, `width` long, to one lane of `count` vectors that are zero.
inline void pack_lane(const float* row, std::int64_t width, PaddingMode mode, const Line& columns,
                      std::int64_t count, float* to) {
  const auto [begin, end] = columns.inside(width, count);
  for (std::int64_t at = begin; at < end; ++at) {
    to[at * kLanes] = row[columns.begin + at * columns.step];
  }
  if (mode == PaddingMode::kZeros) {
    return;
  }
  const auto pack_border = [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t at = first; at < last; ++at) {
      to[at * kLanes] = row[source_index(columns.begin + at * columns.step, width, mode).value()];
    }
  };
  pack_border(0, begin);
  pack_border(end, columns.before(columns.end, count));
}

// The cells of the rows rows.begin of all lanes, `count` vectors.
inline void pack_lanes(const Maps& maps, const Line& rows, const Line& columns, std::int64_t count,
                       float* to) {
  std::fill_n(to, count * kLanes, 0.0F);
  for (std::int64_t lane = 0; lane < maps.lanes(); ++lane) {
    const std::int64_t phase = (maps.first + lane) / maps.count;
    const std::int64_t map = (maps.first + lane) % maps.count;
    const std::int64_t y = rows.begin + phase / maps.phases.w;
    const auto source = source_index(y, maps.size.h, maps.mode);
    if (y < rows.end && source) {
      pack_lane(maps.data + map * maps.pitch() + *source * maps.size.w, maps.size.w, maps.mode,
                columns.from(phase % maps.phases.w), count, to + lane);
    }
  }
}

// The same for kLanes maps and neighbouring columns, of which [begin, end) lie inside: those are
// transposed.
inline void pack_squares(const Maps& maps, std::int64_t source_y, const Line& columns,
                         std::int64_t begin, std::int64_t end, std::int64_t count, float* to) {
  const float* row = maps.data + source_y * maps.size.w;
  const auto pack_border = [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t at = first; at < last; ++at) {
      const std::int64_t x = columns.begin + at;
      const auto source = x < columns.end ? source_index(x, maps.size.w, maps.mode) : std::nullopt;
      for (std::int64_t lane = 0; lane < kLanes; ++lane) {
        to[at * kLanes + lane] = source ? row[lane * maps.pitch() + *source] : 0.0F;
      }
    }
  };
  pack_border(0, begin);
  for (std::int64_t at = begin; at < end; at += kLanes) {
    const std::int64_t first = std::min(at, end - kLanes);  // the last may repeat some
    transpose(row + columns.begin + first, maps.pitch(), to + first * kLanes, kLanes);
  }
  pack_border(end, count);
}

inline void pack_row(const Maps& maps, const Line& rows, const Line& columns, std::int64_t count,
                     float* to) {
  if (maps.count == kLanes && columns.step == 1 && rows.begin < rows.end) {
    const auto [begin, end] = columns.inside(maps.size.w, count);
    const auto source = source_index(rows.begin, maps.size.h, maps.mode);
    if (source && end - begin >= kLanes) {
      pack_squares(maps, *source, columns, begin, end, count, to);
      return;
    }
  }
  pack_lanes(maps, rows, columns, count, to);
}

// The rows of cells that a run of tiles reads; those that the next run below reads again are kept.
template <std::int64_t kRows>
class PackedRows {
 public:
  // `memory`: kRows rows of `width` vectors.
  PackedRows(float* memory, std::int64_t width) {
    for (std::int64_t i = 0; i < kRows; ++i) {
      rows_[static_cast<std::size_t>(i)] = memory + i * width * kLanes;
    }
  }

  const float* row(std::size_t i) const { return rows_[i]; }

  // Of each row `count` columns. The first `kept` rows are there already.
  void pack(const Maps& maps, const Line& rows, const Line& columns, std::int64_t count,
            std::int64_t kept) {
    std::rotate(rows_.begin(), rows_.begin() + (kept > 0 ? kRows - kept : 0), rows_.end());
    for (std::int64_t i = kept; i < kRows; ++i) {
      pack_row(maps, rows.from(i * rows.step), columns, count, rows_[static_cast<std::size_t>(i)]);
    }
  }

 private:
  std::array<float*, kRows> rows_;
};

// What one point of a plane of values is: value(point, tile, channel) = data[point · plane + tile ·
// row + channel].
struct Points {
  float* data = nullptr;
  std::int64_t plane = 0;
  std::int64_t row = 0;

  float* at(std::int64_t tile, std::int64_t channel) const { return data + tile * row + channel; }
};

// B^T cells B of the tile whose cells begin `offset` floats into each row and lie `step` floats
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

// Some runs of tiles and some maps of a group.
struct Part {
  std::int64_t group = 0;
  std::int64_t channel = 0;   // the first: of the group's channels, or filters
  std::int64_t channels = 0;  // how many
  std::int64_t begin = 0;     // runs [begin, end)
  std::int64_t end = 0;
};

// Up to kLanes channels of the plan whose cells fill vectors, and how: those of one phase where
// there are enough of them, with the phases of the columns one behind the other in a row; else all
// phases of what is left, as many as there are lanes.
struct Packing {
  std::int64_t channel = 0;  // the first, of the part
  std::int64_t channels = 0;
  std::int64_t row_phase = 0;
  std::int64_t first = 0;  // of all phases of the channels
  Size2 phases = {1, 1};   // in the lanes
  std::int64_t at = 0;     // of the plan: where the first one's values at the points stand
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

// The cells of a run of tiles at the points, those of the columns' tile phases one behind the
// other; of the channel phases that rows hold one behind the other, to kLanes channels each.
// `to`: of the first tile and channel.
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

// Outputs of a tile of 3x3 kernels along each axis.
constexpr std::int64_t kTile = 4;

// A errors A^T of one tile: the transpose of how sums become outputs.
HWY_INLINE void transform_errors(const PackedRows<kTile>& rows, std::int64_t offset, float* to,
                                 std::int64_t plane) {
  const Lane d;
  Vector columns[4][6];
  for (int s = 0; s < 4; ++s) {
    Vector errors[4];
    for (int r = 0; r < 4; ++r) {
      errors[r] = hn::Load(d, rows.row(static_cast<std::size_t>(r)) + offset + s * kLanes);
    }
    outputs_to_points(errors, columns[s]);
  }
  for (int i = 0; i < 6; ++i) {
    Vector across[4];
    for (int s = 0; s < 4; ++s) {
      across[s] = columns[s][i];
    }
    Vector points[6];
    outputs_to_points(across, points);
    for (int j = 0; j < 6; ++j) {
      hn::Store(points[j], d, to + (6 * i + j) * plane);
    }
  }
}

// The errors of a part at the points, tile after tile; outside of the maps they are zero.
inline void transform_errors(const Windows& w, const float* errors, const Part& part,
                             const TileRuns& runs, float* memory, const Points& to) {
  PackedRows<kTile> rows(memory, kTile * runs.longest());
  for (std::int64_t k = 0; k < part.channels; k += kLanes) {
    std::int64_t tile = 0;
    for (std::int64_t index = part.begin; index < part.end; ++index) {
      const TileRun run = runs.at(index);
      const std::int64_t map = (run.n * w.groups + part.group) * w.filters + part.channel + k;
      const Maps maps{errors + map * w.output.h * w.output.w, std::min(kLanes, part.channels - k),
                      w.output};
      rows.pack(maps, {run.row * kTile, 1, w.output.h}, {run.column * kTile, 1, w.output.w},
                run.count * kTile, 0);
      for (std::int64_t t = 0; t < run.count; ++t) {
        transform_errors(rows, t * kTile * kLanes, to.at(tile, k), to.plane);
        ++tile;
      }
    }
  }
}

}  // namespace convscope::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
