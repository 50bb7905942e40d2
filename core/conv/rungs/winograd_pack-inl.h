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

// A part of that, rows · columns; in the other lanes zeros are written.
inline void transpose_part(const float* from, std::int64_t from_pitch, std::int64_t rows,
                           std::int64_t columns, float* to) {
  alignas(64) Square square = {};
  for (std::int64_t c = 0; c < rows; ++c) {
    std::copy_n(from + c * from_pitch, columns, square.data() + c * kLanes);
  }
  alignas(64) Square turned;
  transpose(square.data(), kLanes, turned.data(), kLanes);
  std::copy_n(turned.data(), columns * kLanes, to);
}

// Up to kLanes maps that lie one behind the other, continued by `mode`; beyond `reach` all is zero.
struct Maps {
  const float* first = nullptr;
  std::int64_t count = 0;
  Size2 size;
  PaddingMode mode = PaddingMode::kZeros;

  std::int64_t pitch() const { return size.h * size.w; }
};

// Cells [x, x + count) of row y of all maps, those of one x in one vector.
inline void pack_row(const Maps& maps, std::int64_t y, std::int64_t x, std::int64_t count,
                     float* to) {
  const auto source_y = source_index(y, maps.size.h, maps.mode);
  if (!source_y) {
    std::fill_n(to, count * kLanes, 0.0F);
    return;
  }
  const float* row = maps.first + *source_y * maps.size.w;
  const auto pack_border = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t at = begin; at < end; ++at) {
      float* cells = to + (at - x) * kLanes;
      const auto source_x = source_index(at, maps.size.w, maps.mode);
      for (std::int64_t c = 0; c < kLanes; ++c) {
        cells[c] = source_x && c < maps.count ? row[c * maps.pitch() + *source_x] : 0.0F;
      }
    }
  };
  const std::int64_t begin = std::clamp<std::int64_t>(0, x, x + count);
  const std::int64_t end = std::clamp<std::int64_t>(maps.size.w, begin, x + count);
  pack_border(x, begin);
  if (maps.count == kLanes && end - begin >= kLanes) {
    for (std::int64_t at = begin; at < end; at += kLanes) {
      const std::int64_t first = std::min(at, end - kLanes);  // the last may repeat some
      transpose(row + first, maps.pitch(), to + (first - x) * kLanes, kLanes);
    }
  } else {
    for (std::int64_t at = begin; at < end; at += kLanes) {
      transpose_part(row + at, maps.pitch(), maps.count, std::min(kLanes, end - at),
                     to + (at - x) * kLanes);
    }
  }
  pack_border(end, x + count);
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

  // Rows y, y + step, ... before y + height, and their columns from x, of which `width` are read;
  // the others are zeros, up to `count` columns. The first `kept` rows are there already.
  void pack(const Maps& maps, std::int64_t y, std::int64_t step, std::int64_t height,
            std::int64_t x, std::int64_t width, std::int64_t count, std::int64_t kept) {
    std::rotate(rows_.begin(), rows_.begin() + (kept > 0 ? kRows - kept : 0), rows_.end());
    for (std::int64_t i = kept; i < kRows; ++i) {
      float* to = rows_[static_cast<std::size_t>(i)];
      const std::int64_t read = i * step < height ? std::clamp<std::int64_t>(width, 0, count) : 0;
      if (read > 0) {
        pack_row(maps, y + i * step, x, read, to);
      }
      std::fill_n(to + read * kLanes, (count - read) * kLanes, 0.0F);
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

// Where the cells of channels from `channel` on, at most kLanes, stand for phase `phase` of
// `phases`: those of one phase follow one another, so that few channels fill the lanes.
inline std::int64_t phase_channel(std::int64_t channel, std::int64_t channels, std::int64_t phase,
                                  std::int64_t phases) {
  return channel * phases + phase * std::min(kLanes, channels - channel);
}

// The cells of a run of tiles at the points, those of the columns' tile phases one behind the
// other; of each channel phase to its own channels, kLanes of them, where the next phase may
// overwrite the last. `tile`: the run's first; `row_phase`: of the channels.
inline void transform_run(const WinogradAxes& axes, const TileRun& run,
                          const PackedRows<kTileCells>& rows, const Part& part,
                          std::int64_t channel, std::int64_t row_phase, std::int64_t tile,
                          const Points& to) {
  const WinogradAxis& columns = axes.columns;
  const std::int64_t step = columns.step * kLanes;
  for (std::int64_t phase = 0; phase < columns.step; ++phase) {
    const std::int64_t tile_phase = phase % columns.tile_phases;
    const std::int64_t channel_phase = phase % columns.channel_phases;
    const std::int64_t at =
        phase_channel(channel, part.channels, row_phase * columns.channel_phases + channel_phase,
                      axes.channel_phases());
    for (std::int64_t t = 0; t < run.count; ++t) {
      const std::int64_t offset = phase * kLanes + t * columns.tile() * step;
      float* points = to.at(tile + tile_phase * run.count + t, at);
      transform_cells<true>(rows, offset, step, points, to.plane);
      transform_cells<false>(rows, offset, step, points, to.plane);
    }
  }
}

// The cells of a part at the points, tile after tile.
inline void transform_inputs(const Windows& w, const WinogradAxes& axes, const float* input,
                             const Part& part, const TileRuns& runs, float* memory,
                             const Points& to) {
  PackedRows<kTileCells> rows(memory, axes.columns.cells_of(runs.most_columns()));
  const std::int64_t phases = axes.rows.channel_phases;
  for (std::int64_t at = 0; at < ceil_div(part.channels, kLanes) * phases; ++at) {
    const std::int64_t c = at / phases * kLanes;
    const std::int64_t phase = at % phases;
    std::int64_t tile = 0;
    TileRun above{.n = -1};
    for (std::int64_t index = part.begin; index < part.end; ++index) {
      const TileRun run = runs.at(index);
      const std::int64_t map = (run.n * w.groups + part.group) * w.channels + part.channel + c;
      const Maps maps{input + map * w.input.h * w.input.w, std::min(kLanes, part.channels - c),
                      w.input, w.mode};
      const std::int64_t y = run.phase + phase + run.row * axes.rows.tile() * axes.rows.step;
      const std::int64_t x = run.column * axes.columns.tile() * axes.columns.step;
      rows.pack(maps, axes.rows.first + y, axes.rows.step, axes.rows.reach - y,
                axes.columns.first + x, axes.columns.reach - x, axes.columns.cells_of(run.count),
                run.continues(above) ? axes.rows.taps - 1 : 0);
      transform_run(axes, run, rows, part, c, phase, tile, to);
      tile += run.count * axes.columns.tile_phases;
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
                      w.output, PaddingMode::kZeros};
      const std::int64_t y = run.row * kTile;
      const std::int64_t x = run.column * kTile;
      rows.pack(maps, y, 1, w.output.h - y, x, w.output.w - x, run.count * kTile, 0);
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
