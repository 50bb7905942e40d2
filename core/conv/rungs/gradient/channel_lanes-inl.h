// The gradient of a weight for many channels: a vector holds neighbouring channels.
//
//   sums[filter][tap][channel lanes] += input(position under the tap)[channel lanes] ·
//       error(filter)
//
// A band of the padded input is laid out with its channels innermost, so that every tap of every
// stride and dilation reads whole aligned vectors; the errors are read in place, one at a time. A
// register tile is F filters x V vectors at one tap, and runs over all positions of a band: 6x4 on
// AVX-512 takes 10 loads for 24 multiply-adds. Nothing is summed across lanes, and no lane is
// wasted at the end of a row, whatever its width.
#if defined(CONVSCOPE_CHANNEL_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_CHANNEL_LANES_INL_H_
#undef CONVSCOPE_CHANNEL_LANES_INL_H_
#else
#define CONVSCOPE_CHANNEL_LANES_INL_H_
#endif

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/padding.h"
#include "core/conv/rungs/gradient/weight_gradient_part.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/transpose-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace channel_lanes {

namespace hn = hwy::HWY_NAMESPACE;
using FloatTag = hn::ScalableTag<float>;
using Floats = hn::Vec<FloatTag>;

// The largest tiles that fit the registers, by number of vectors.
#if HWY_TARGET <= HWY_AVX3 || HWY_ARCH_ARM_A64
inline constexpr int kMostVectors = 4;
inline constexpr int kFiltersOf[kMostVectors + 1] = {0, 8, 8, 8, 6};
#else
inline constexpr int kMostVectors = 2;
inline constexpr int kFiltersOf[kMostVectors + 1] = {0, 8, 6};
#endif
inline constexpr int kMostFilters = 8;

// The most floats of packed input in a band; leaves most of the second-level cache free.
inline constexpr std::int64_t kBandFloats = std::int64_t{1} << 17;
// Products summed in one register lane before they are added to the other sums.
inline constexpr std::int64_t kChain = 1024;
inline constexpr std::int64_t kMostColumns = 256;

// Which cells along an axis the taps of windows read: every `step`-th, counted from the first.
// Cells that no tap reads are not packed.
struct PackedAxis {
  std::int64_t step = 1;
  std::int64_t window = 0;  // packed cells from window to window
  std::int64_t tap = 0;     // from tap to tap
  std::int64_t reach = 0;   // from a window's first cell to its last

  std::int64_t cells(std::int64_t windows) const { return (windows - 1) * window + reach + 1; }
};

inline PackedAxis packed_axis(std::int64_t stride, std::int64_t dilation, std::int64_t kernel) {
  const std::int64_t step = kernel > 1 ? std::gcd(stride, dilation) : stride;
  const std::int64_t tap = kernel > 1 ? dilation / step : 0;
  return {step, stride / step, tap, tap * (kernel - 1)};
}

// Rows of one image, and where the input under them is packed.
struct Stretch {
  std::int64_t n = 0;
  std::int64_t y = 0;
  std::int64_t rows = 0;
  const float* cells = nullptr;
};

struct Layout {
  PackedAxis rows;
  PackedAxis columns;
  std::int64_t vectors = 0;
  std::int64_t lanes = 0;  // of all vectors
  std::int64_t x = 0;      // the first output column of the band
  std::int64_t width = 0;  // its columns
  std::int64_t pitch = 0;  // floats from packed row to packed row
};

// A row of the input under a vector's channels, and which of its cells to pack: `count` cells from
// column `start` on, `step` apart.
struct SourceRow {
  const float* first = nullptr;  // of the first channel; null: a row of padding zeros
  std::int64_t plane = 0;        // from channel to channel
  std::int64_t channels = 0;     // at most the lanes of a vector; the other lanes are zero
  std::int64_t size = 0;
  PaddingMode mode = PaddingMode::kZeros;
  std::int64_t start = 0;
  std::int64_t step = 1;
  std::int64_t count = 0;
};

// Cells [begin, end) one by one.
inline void pack_cells(const SourceRow& row, std::int64_t begin, std::int64_t end,
                       std::int64_t pitch, float* cells) {
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(FloatTag()));
  for (std::int64_t u = begin; u < end; ++u) {
    float* cell = cells + u * pitch;
    const auto source = source_index(row.start + u * row.step, row.size, row.mode);
    for (std::int64_t c = 0; c < lanes; ++c) {
      cell[c] = source && c < row.channels ? row.first[c * row.plane + *source] : 0.0F;
    }
  }
}

// Up to a vector of neighbouring columns, from planes to cells.
inline void pack_block(const SourceRow& row, std::int64_t column, std::int64_t count,
                       std::int64_t pitch, float* cells) {
  constexpr std::int64_t kLanes = hn::MaxLanes(FloatTag());
  const float* rows = row.first + column;
  std::int64_t plane = row.plane;
  HWY_ALIGN float copy[kLanes * kLanes];
  if (count < kLanes || row.channels < kLanes) {
    std::fill_n(copy, kLanes * kLanes, 0.0F);
    for (std::int64_t c = 0; c < row.channels; ++c) {
      std::copy_n(rows + c * plane, count, copy + c * kLanes);
    }
    rows = copy;
    plane = kLanes;
  }
  transpose_square(FloatTag(), rows, plane, cells, pitch, count);
}

inline void pack_row(const SourceRow& row, std::int64_t pitch, float* cells) {
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(FloatTag()));
  if (row.first == nullptr) {
    for (std::int64_t u = 0; u < row.count; ++u) {
      hn::Store(hn::Zero(FloatTag()), FloatTag(), cells + u * pitch);
    }
    return;
  }
  // Adjacent cells inside the input are packed a vector at a time.
  const bool straight = row.step == 1;
  const std::int64_t first =
      straight ? std::clamp<std::int64_t>(-row.start, 0, row.count) : row.count;
  const std::int64_t last =
      straight ? std::clamp(row.size - row.start, first, row.count) : row.count;
  pack_cells(row, 0, first, pitch, cells);
  for (std::int64_t u = first; u < last; u += lanes) {
    pack_block(row, row.start + u, std::min(lanes, last - u), pitch, cells + u * pitch);
  }
  pack_cells(row, last, row.count, pitch, cells);
}

// Packs the input under some rows of one image, one vector of channels at a time: the processor can
// prefetch that many planes, but not all of them.
inline void pack_stretch(const WeightGradient& job, const GradientPart& part, const Layout& layout,
                         const Stretch& stretch, float* cells) {
  const Windows& w = job.windows;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(FloatTag()));
  SourceRow row;
  row.plane = w.input.h * w.input.w;
  row.size = w.input.w;
  row.mode = w.mode;
  row.start = layout.x * w.stride.w - w.left;
  row.step = layout.columns.step;
  row.count = layout.columns.cells(layout.width);
  const float* planes =
      job.input +
      ((stretch.n * w.groups + part.group) * w.channels + part.first_channel) * row.plane;
  for (std::int64_t c = 0; c < part.channels; c += lanes) {
    row.channels = std::min(lanes, part.channels - c);
    for (std::int64_t m = 0; m < layout.rows.cells(stretch.rows); ++m) {
      const std::int64_t y = stretch.y * w.stride.h - w.top + m * layout.rows.step;
      const auto source = source_index(y, w.input.h, w.mode);
      row.first = source ? planes + c * row.plane + *source * w.input.w : nullptr;
      pack_row(row, layout.lanes, cells + m * layout.pitch + c);
    }
  }
}

struct TileCall {
  const float* cells = nullptr;  // aligned; under the tap at the first position
  std::int64_t cell_row = 0;     // floats from position to position
  std::int64_t cell_column = 0;
  const float* errors = nullptr;  // of the first filter at the first position
  std::int64_t error_row = 0;
  std::int64_t filter_stride = 0;
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  float* totals = nullptr;  // aligned; filters x vectors x lanes
};

// totals += the products at all positions.
template <int kFilters, int kVectors>
void add_tile(const TileCall& call) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  Floats sums[kFilters][kVectors];
  for (auto& filter : sums) {
    for (Floats& sum : filter) {
      sum = hn::Zero(d);
    }
  }
  const std::int64_t filter_stride = call.filter_stride;
  const std::int64_t cell_column = call.cell_column;
  for (std::int64_t y = 0; y < call.rows; ++y) {
    const float* HWY_RESTRICT cell = call.cells + y * call.cell_row;
    const float* HWY_RESTRICT error = call.errors + y * call.error_row;
    const float* const end = error + call.columns;
    for (; error != end; ++error) {
      Floats cells[kVectors];
      for (int v = 0; v < kVectors; ++v) {
        cells[v] = hn::Load(d, cell + static_cast<std::size_t>(v) * lanes);
      }
      for (int f = 0; f < kFilters; ++f) {
        const Floats value = hn::Set(d, error[f * filter_stride]);
        for (int v = 0; v < kVectors; ++v) {
          sums[f][v] = hn::MulAdd(value, cells[v], sums[f][v]);
        }
      }
      cell += cell_column;
    }
  }
  float* totals = call.totals;
  for (auto& filter : sums) {
    for (const Floats& sum : filter) {
      hn::Store(hn::Add(sum, hn::Load(d, totals)), d, totals);
      totals += lanes;
    }
  }
}

using TileFunction = void (*)(const TileCall&);

template <int kVectors, int... kF>
constexpr std::array<TileFunction, kMostFilters> tiles_of(std::integer_sequence<int, kF...>) {
  return {add_tile<kF + 1, kVectors>...};
}

inline TileFunction tile_function(std::int64_t filters, std::int64_t vectors) {
  static constexpr auto kTiles = []<int... kV>(std::integer_sequence<int, kV...>) {
    return std::array{tiles_of<kV + 1>(std::make_integer_sequence<int, kFiltersOf[kV + 1]>())...};
  }(std::make_integer_sequence<int, kMostVectors>());
  return kTiles[static_cast<std::size_t>(vectors - 1)][static_cast<std::size_t>(filters - 1)];
}

// Adds the products of some filters at one tap over a whole band to the part's sums.
inline void add_filters(const WeightGradient& job, const GradientPart& part, const Layout& layout,
                        const std::vector<Stretch>& band, std::int64_t filter, std::int64_t filters,
                        std::int64_t i, std::int64_t j) {
  const Windows& w = job.windows;
  HWY_ALIGN float totals[kMostFilters * kMostVectors * hn::MaxLanes(FloatTag())];
  std::fill_n(totals, filters * layout.lanes, 0.0F);
  const TileFunction add = tile_function(filters, layout.vectors);
  TileCall call;
  call.cell_row = layout.rows.window * layout.pitch;
  call.cell_column = layout.columns.window * layout.lanes;
  call.error_row = w.output.w;
  call.filter_stride = w.output.h * w.output.w;
  call.columns = layout.width;
  call.totals = totals;
  const std::int64_t tap =
      i * layout.rows.tap * layout.pitch + j * layout.columns.tap * layout.lanes;
  const std::int64_t most_rows = std::max<std::int64_t>(1, kChain / layout.width);
  for (const Stretch& stretch : band) {
    const float* errors =
        errors_at(job, stretch.n, part.group, part.first_filter + filter) + layout.x;
    for (std::int64_t y = 0; y < stretch.rows; y += most_rows) {
      call.rows = std::min(most_rows, stretch.rows - y);
      call.cells = stretch.cells + tap + y * call.cell_row;
      call.errors = errors + (stretch.y + y) * w.output.w;
      add(call);
    }
  }
  for (std::int64_t f = 0; f < filters; ++f) {
    double* HWY_RESTRICT sums = part.sums_of(w, filter + f, i * w.kernel.w + j);
    const float* HWY_RESTRICT products = totals + f * layout.lanes;
    for (std::int64_t c = 0; c < part.channels; ++c) {
      sums[c] += products[c];
    }
  }
}

inline void add_band(const WeightGradient& job, const GradientPart& part, const Layout& layout,
                     const std::vector<Stretch>& band) {
  const Windows& w = job.windows;
  const std::int64_t most = kFiltersOf[layout.vectors];
  for (std::int64_t f = 0; f < part.filters; f += most) {
    for (std::int64_t i = 0; i < w.kernel.h; ++i) {
      for (std::int64_t j = 0; j < w.kernel.w; ++j) {
        add_filters(job, part, layout, band, f, std::min(most, part.filters - f), i, j);
      }
    }
  }
}

// The most channels of a part.
inline std::int64_t most_channels() {
  return kMostVectors * static_cast<std::int64_t>(hn::Lanes(FloatTag()));
}

// The most packed rows that `rows` output rows of images of `height` rows can read, reached when
// they start in the middle of an image. Each image has its own reach.
inline std::int64_t packed_rows(const PackedAxis& axis, std::int64_t height, std::int64_t rows) {
  const std::int64_t stretches = (rows + height - 2) / height + 1;
  return rows * axis.window + stretches * (axis.reach + 1);
}

// Output rows per band for a part of `rows` rows: bands of about the same height, each within its
// share of the cache.
inline std::int64_t band_rows(const Layout& layout, std::int64_t height, std::int64_t rows) {
  const std::int64_t row = layout.rows.window * layout.pitch;
  const std::int64_t reach =
      std::max<std::int64_t>(0, layout.rows.reach + 1 - layout.rows.window) * layout.pitch;
  // The first row of an image brings its reach along.
  const std::int64_t pictures = kBandFloats / (height * row + reach) * height;
  const std::int64_t most =
      std::clamp<std::int64_t>(pictures > 0 ? pictures : (kBandFloats - reach) / row, 1, rows);
  const std::int64_t bands = ceil_div(rows, most);
  return ceil_div(rows, bands);
}

// How a part is split into bands.
struct Bands {
  Layout layout;
  std::int64_t columns = 0;  // output columns of a band
  std::int64_t rows = 0;
  std::int64_t floats = 0;  // of one packed band
};

inline Bands bands_of(const Windows& w, const GradientPart& part) {
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(FloatTag()));
  Bands bands;
  Layout& layout = bands.layout;
  layout.rows = packed_axis(w.stride.h, w.dilation.h, w.kernel.h);
  layout.columns = packed_axis(w.stride.w, w.dilation.w, w.kernel.w);
  layout.vectors = ceil_div(part.channels, lanes);
  layout.lanes = layout.vectors * lanes;
  const std::int64_t blocks = ceil_div(w.output.w, kMostColumns);
  bands.columns = ceil_div(w.output.w, blocks);
  layout.pitch = layout.columns.cells(bands.columns) * layout.lanes;
  bands.rows = band_rows(layout, w.output.h, part.last_row - part.first_row);
  bands.floats = packed_rows(layout.rows, w.output.h, bands.rows) * layout.pitch;
  return bands;
}

inline std::int64_t scratch_floats(const WeightGradient& job, const GradientPart& part) {
  return bands_of(job.windows, part).floats;
}

inline void add_part(const WeightGradient& job, const GradientPart& part) {
  const Windows& w = job.windows;
  auto [layout, columns, most_rows, floats] = bands_of(w, part);
  const Scratch packed(floats);
  std::vector<Stretch> band;
  for (std::int64_t row = part.first_row; row < part.last_row; row += most_rows) {
    const std::int64_t end = std::min(row + most_rows, part.last_row);
    for (layout.x = 0; layout.x < w.output.w; layout.x += columns) {
      layout.width = std::min(columns, w.output.w - layout.x);
      band.clear();
      float* cells = packed.data();
      for (std::int64_t r = row; r < end; r += band.back().rows) {
        const std::int64_t y = r % w.output.h;
        band.push_back({r / w.output.h, y, std::min(end - r, w.output.h - y), cells});
        pack_stretch(job, part, layout, band.back(), cells);
        cells += layout.rows.cells(band.back().rows) * layout.pitch;
      }
      add_band(job, part, layout, band);
    }
  }
}

}  // namespace channel_lanes
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
