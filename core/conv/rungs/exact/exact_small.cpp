// Shapes: any layer whose input, one group of one image with its padding, fits kMostCells, and
// whose filters fit kMostWeights: the layers that are looked at cell by cell. Idea: the input is
// written once in double precision, with its padding, split by the phases of the strides, so that
// each tap lies at a fixed distance from a position. Positions run on from one row into the next,
// and tiles of filters x vectors of positions keep all their sums in registers. The products of a
// channel are added in the order i, j, and then the channels, as in the reference. Memory: about
// 200 KB of stack, no allocation.
#include <algorithm>
#include <cstdint>
#include <limits>

#include "core/conv/ceil_div.h"
#include "core/conv/padding.h"
#include "core/conv/rungs/exact/exact.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/exact/exact_small.cpp"
#include "hwy/foreach_target.h"
// Must come after foreach_target.h.
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

#if HWY_HAVE_FLOAT64

namespace hn = hwy::HWY_NAMESPACE;

using DoubleTag = hn::ScalableTag<double>;
using Doubles = hn::Vec<DoubleTag>;
constexpr auto kDoubles = static_cast<std::int64_t>(hn::MaxLanes(DoubleTag()));

// More filters at once share the loaded cells; more vectors hide the latency of the additions.
constexpr int kMostFilters = 2;
constexpr int kMostVectors[kMostFilters + 1] = {0, 8, 4};

constexpr std::int64_t kMostCells = 8192;
constexpr std::int64_t kMostWeights = 2048;
// What the vectors of a tile may read past the last position.
constexpr std::int64_t kSlack = 8 * kDoubles;

// The cells of one axis, phase by phase: cell m of a phase is m · stride + phase - before of the
// input.
struct SmallAxis {
  std::int64_t stride = 1;
  std::int64_t before = 0;
  std::int64_t size = 0;    // of the input
  std::int64_t phases = 1;  // that a window reaches
  std::int64_t reach = 0;   // cells of a phase past the window's own

  SmallAxis(std::int64_t kernel, std::int64_t step, std::int64_t dilation, std::int64_t pad,
            std::int64_t cells)
      : stride(step), before(pad), size(cells) {
    const std::int64_t last = (kernel - 1) * dilation;
    phases = std::min(stride, last + 1);
    reach = last / stride;
  }
};

struct SmallLayout {
  SmallAxis rows;
  SmallAxis columns;
  std::int64_t width = 0;    // cells of a row of one phase
  std::int64_t height = 0;   // rows of a phase
  std::int64_t pitch = 0;    // from row to row: rows share the zeros between them
  std::int64_t plane = 0;    // from phase to phase
  std::int64_t channel = 0;  // from channel to channel
  std::int64_t run = 0;      // positions from the first window to the last

  explicit SmallLayout(const Windows& w)
      : rows(w.kernel.h, w.stride.h, w.dilation.h, w.top, w.input.h),
        columns(w.kernel.w, w.stride.w, w.dilation.w, w.left, w.input.w) {
    width = w.output.w + columns.reach;
    height = w.output.h + rows.reach;
    std::int64_t shared = 0;
    if (w.mode == PaddingMode::kZeros && columns.stride == 1) {
      const std::int64_t right = width - columns.before - columns.size;
      shared = std::clamp<std::int64_t>(std::min(columns.before, right), 0, columns.reach);
    }
    pitch = width - shared;
    plane = height * pitch + shared;
    channel = rows.phases * columns.phases * plane;
    run = (w.output.h - 1) * pitch + w.output.w;
  }

  // From a window's first cell to the cell that is so many rows or columns further.
  std::int64_t row_offset(std::int64_t row) const {
    return row % rows.stride * columns.phases * plane + row / rows.stride * pitch;
  }
  std::int64_t column_offset(std::int64_t column) const {
    return column % columns.stride * plane + column / columns.stride;
  }
};

// The cells of a row of one phase; those in [first, last) lie inside the input.
struct PhaseSpan {
  std::int64_t start = 0;  // of the input
  std::int64_t first = 0;
  std::int64_t last = 0;

  PhaseSpan(const SmallAxis& axis, std::int64_t phase, std::int64_t width)
      : start(phase - axis.before),
        first(std::clamp<std::int64_t>(ceil_div(-start, axis.stride), 0, width)),
        last(std::clamp<std::int64_t>(ceil_div(axis.size - start, axis.stride), first, width)) {}
};

// One row of one phase, `width` cells; null is a row of zeros.
HWY_INLINE void write_row(const float* row, const SmallAxis& axis, const PhaseSpan& span,
                          std::int64_t width, PaddingMode mode, double* HWY_RESTRICT cells) {
  if (row == nullptr) {
    std::fill_n(cells, width, 0.0);
    return;
  }
  const auto write_padding = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t n = begin; n < end; ++n) {
      const std::int64_t source = source_or_zero(span.start + n * axis.stride, axis.size, mode);
      cells[n] = source >= 0 ? row[source] : 0.0;
    }
  };
  // The width of the last row differs: it may end with more zeros.
  const std::int64_t last = std::min(span.last, width);
  write_padding(0, span.first);
  if (axis.stride == 1) {
    const float* HWY_RESTRICT inside = row + span.start;
    for (std::int64_t n = span.first; n < last; ++n) {
      cells[n] = inside[n];
    }
  } else {
    std::int64_t n = span.first;
    std::int64_t at = span.start + n * axis.stride;
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
    const hn::ScalableTag<float> floats;
    for (; axis.stride == 2 && n + kDoubles <= last && at + 2 * kDoubles <= axis.size;
         n += kDoubles) {
      const auto pairs = hn::LoadU(floats, row + at);
      const auto even = hn::LowerHalf(hn::ConcatEven(floats, pairs, pairs));
      hn::StoreU(hn::PromoteTo(DoubleTag(), even), DoubleTag(), cells + n);
      at += 2 * kDoubles;
    }
#endif
    for (; n < last; ++n, at += axis.stride) {
      cells[n] = row[at];
    }
  }
  write_padding(last, width);
}

void write_cells(const Windows& w, const SmallLayout& layout, const float* planes, double* cells) {
  const std::int64_t size = w.input.h * w.input.w;
  for (std::int64_t phase = 0; phase < layout.columns.phases; ++phase) {
    const PhaseSpan span(layout.columns, phase, layout.width);
    for (std::int64_t row_phase = 0; row_phase < layout.rows.phases; ++row_phase) {
      double* plane = cells + (row_phase * layout.columns.phases + phase) * layout.plane;
      for (std::int64_t m = 0; m < layout.height; ++m) {
        const std::int64_t y = source_or_zero(
            m * layout.rows.stride + row_phase - layout.rows.before, layout.rows.size, w.mode);
        // The last row ends with its own zeros; the others share them with the next row.
        const std::int64_t width = m + 1 < layout.height ? layout.pitch : layout.width;
        const float* row = y >= 0 ? planes + y * w.input.w : nullptr;
        for (std::int64_t c = 0; c < w.channels; ++c) {
          write_row(row != nullptr ? row + c * size : nullptr, layout.columns, span, width, w.mode,
                    plane + c * layout.channel + m * layout.pitch);
        }
      }
    }
  }
  std::fill_n(cells + w.channels * layout.channel, kSlack, 0.0);
}

struct SmallTile {
  std::int64_t channels = 0;
  std::int64_t channel = 0;  // cells from channel to channel
  std::int64_t taps = 0;
  const std::int32_t* offsets = nullptr;
  const double* weights = nullptr;  // (filters, channels, taps)
  const double* bias = nullptr;     // of each filter
};

// One NaN for all (rounding.h), then one rounding.
HWY_INLINE void store_rounded(Doubles sums, float* to) {
  const DoubleTag d;
  const hn::Rebind<float, DoubleTag> df;
  const auto nan = hn::Set(d, std::numeric_limits<double>::quiet_NaN());
  hn::StoreU(hn::DemoteTo(df, hn::IfThenElse(hn::Eq(sums, sums), sums, nan)), df, to);
}

// Vectors of the positions from `cells` on; filter f is written to results + f · pitch.
template <int F, int V>
HWY_INLINE void compute_tile(const SmallTile& tile, const double* HWY_RESTRICT cells,
                             float* HWY_RESTRICT results, std::int64_t pitch) {
  const DoubleTag d;
  const std::int64_t filter = tile.channels * tile.taps;
  Doubles sums[F][V];
  HWY_UNROLL(8)
  for (int i = 0; i < F * V; ++i) {
    sums[i / V][i % V] = hn::Zero(d);
  }
  for (std::int64_t c = 0; c < tile.channels; ++c) {
    Doubles parts[F][V];
    HWY_UNROLL(8)
    for (int i = 0; i < F * V; ++i) {
      parts[i / V][i % V] = hn::Zero(d);
    }
    const double* channel = cells + c * tile.channel;
    const double* weights = tile.weights + c * tile.taps;
    for (std::int64_t t = 0; t < tile.taps; ++t) {
      const double* from = channel + tile.offsets[t];
      Doubles values[F];
      HWY_UNROLL(2)
      for (int f = 0; f < F; ++f) {
        values[f] = hn::Set(d, weights[f * filter + t]);
      }
      HWY_UNROLL(8)
      for (int v = 0; v < V; ++v) {
        const Doubles loaded = hn::LoadU(d, from + v * kDoubles);
        HWY_UNROLL(2)
        for (int f = 0; f < F; ++f) {
          parts[f][v] = hn::MulAdd(loaded, values[f], parts[f][v]);
        }
      }
    }
    HWY_UNROLL(8)
    for (int i = 0; i < F * V; ++i) {
      sums[i / V][i % V] = hn::Add(sums[i / V][i % V], parts[i / V][i % V]);
    }
  }
  HWY_UNROLL(8)
  for (int i = 0; i < F * V; ++i) {
    store_rounded(hn::Add(sums[i / V][i % V], hn::Set(d, tile.bias[i / V])),
                  results + i / V * pitch + i % V * kDoubles);
  }
}

template <int F, int V = kMostVectors[F]>
HWY_INLINE void compute_vectors(const SmallTile& tile, std::int64_t vectors,
                                const double* HWY_RESTRICT cells, float* HWY_RESTRICT results,
                                std::int64_t pitch) {
  if constexpr (V > 1) {
    if (vectors < V) {
      compute_vectors<F, V - 1>(tile, vectors, cells, results, pitch);
      return;
    }
  }
  compute_tile<F, V>(tile, cells, results, pitch);
}

template <int F>
void compute_filters(const SmallTile& tile, std::int64_t run, const double* cells, float* results,
                     std::int64_t pitch) {
  const std::int64_t vectors = ceil_div(run, kDoubles);
  const std::int64_t tiles = ceil_div(vectors, static_cast<std::int64_t>(kMostVectors[F]));
  for (std::int64_t i = 0; i < tiles; ++i) {
    const std::int64_t first = vectors * i / tiles;
    compute_vectors<F>(tile, vectors * (i + 1) / tiles - first, cells + first * kDoubles,
                       results + first * kDoubles, pitch);
  }
}

// From positions at `pitch` to rows of the output.
void write_map(const float* results, std::int64_t pitch, const Size2& size, float* output) {
  for (std::int64_t y = 0; y < size.h; ++y) {
    const float* HWY_RESTRICT from = results + y * pitch;
    float* HWY_RESTRICT to = output + y * size.w;
    for (std::int64_t x = 0; x < size.w; ++x) {
      to[x] = from[x];
    }
  }
}

bool exact_small_on_target(const Correlation& job) {
  Windows w = job.windows;
  if (w.is_pointwise()) {
    w.input = w.output = {1, w.input.h * w.input.w};  // no rows to begin and end
  }
  const std::int64_t taps = w.kernel.h * w.kernel.w;
  const std::int64_t filter = w.taps();
  if (filter > kMostWeights || w.inputs() > 64 * kMostCells) {
    return false;
  }
  const SmallLayout layout(w);
  const std::int64_t pitch = layout.run + kSlack;
  if (w.channels * layout.channel > kMostCells || pitch > kMostCells) {
    return false;
  }
  HWY_ALIGN double cells[kMostCells + kSlack];
  HWY_ALIGN double weights[kMostFilters * kMostWeights];
  HWY_ALIGN float results[kMostFilters * kMostCells];
  std::int32_t offsets[kMostWeights];
  for (std::int64_t j = 0; j < w.kernel.w; ++j) {
    offsets[j] = static_cast<std::int32_t>(layout.column_offset(j * w.dilation.w));
  }
  for (std::int64_t i = 1; i < w.kernel.h; ++i) {
    const auto row = static_cast<std::int32_t>(layout.row_offset(i * w.dilation.h));
    for (std::int64_t j = 0; j < w.kernel.w; ++j) {
      offsets[i * w.kernel.w + j] = row + offsets[j];
    }
  }
  double bias[kMostFilters];
  SmallTile tile = {w.channels, layout.channel, taps, offsets, weights, bias};
  if (taps == 1) {
    // A channel's sum is one product, which is exact: they are added up as taps of one channel.
    tile.channels = 1;
    tile.taps = w.channels;
    for (std::int64_t c = 0; c < w.channels; ++c) {
      offsets[c] = static_cast<std::int32_t>(c * layout.channel);
    }
  }
  const std::int64_t map = w.output.h * w.output.w;
  for (std::int64_t index = 0; index < w.batch * w.groups; ++index) {
    const std::int64_t group = index % w.groups;
    write_cells(w, layout, job.input + index * w.channels * w.input.h * w.input.w, cells);
    for (std::int64_t k = 0; k < w.filters; k += kMostFilters) {
      const std::int64_t count = std::min<std::int64_t>(kMostFilters, w.filters - k);
      double* to = weights;
      for (std::int64_t f = 0; f < count; ++f) {
        // Without a bias, -0 is added: it changes no sum.
        bias[f] = job.bias == nullptr ? -0.0 : job.bias[group * w.filters + k + f];
        for (std::int64_t c = 0; c < w.channels; ++c) {
          const float* from = job.weight_at(group, k + f, c);
          for (std::int64_t i = 0; i < w.kernel.h; ++i) {
            for (std::int64_t j = 0; j < w.kernel.w; ++j) {
              *to++ = from[i * job.weight_strides.row + j * job.weight_strides.column];
            }
          }
        }
      }
      if (count == 1) {
        compute_filters<1>(tile, layout.run, cells, results, pitch);
      } else {
        compute_filters<kMostFilters>(tile, layout.run, cells, results, pitch);
      }
      for (std::int64_t f = 0; f < count; ++f) {
        write_map(results + f * pitch, layout.pitch, w.output,
                  job.output + (index * w.filters + k + f) * map);
      }
    }
  }
  return true;
}

#else

// WebAssembly's vectors hold no doubles.
bool exact_small_on_target(const Correlation&) { return false; }

#endif

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {
HWY_EXPORT(exact_small_on_target);
}  // namespace

bool exact_small(const Correlation& job) {
  return HWY_DYNAMIC_DISPATCH(exact_small_on_target)(job);
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
