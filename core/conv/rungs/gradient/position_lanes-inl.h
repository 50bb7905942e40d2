// The gradient of a weight for few channels: a vector holds neighbouring positions.
//
//   sums[filter][channel, tap] += sum over the lanes of errors(filter)[lanes] ·
//       input under the tap[lanes]
//
// The input is laid out as for the forward rung (band.h): windows at one pitch, taps at fixed
// offsets. The errors are copied to the same pitch with zeros in the gaps, so that a band is one
// long run of vectors whatever the width of its rows. A register tile is F filters x T taps (of all
// channels); its lanes are summed once per band.
#if defined(CONVSCOPE_POSITION_LANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_POSITION_LANES_INL_H_
#undef CONVSCOPE_POSITION_LANES_INL_H_
#else
#define CONVSCOPE_POSITION_LANES_INL_H_
#endif

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/dense/band.h"
#include "core/conv/rungs/gradient/weight_gradient_part.h"
#include "core/conv/rungs/scratch.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace position_lanes {

namespace hn = hwy::HWY_NAMESPACE;
using FloatTag = hn::ScalableTag<float>;
using Floats = hn::Vec<FloatTag>;

// The largest tiles that fit the registers, by number of filters.
#if HWY_TARGET <= HWY_AVX3 || HWY_ARCH_ARM_A64
inline constexpr int kMostFilters = 8;
inline constexpr int kTapsOf[kMostFilters + 1] = {0, 8, 8, 8, 6, 5, 4, 3, 3};
#else
inline constexpr int kMostFilters = 4;
inline constexpr int kTapsOf[kMostFilters + 1] = {0, 8, 5, 4, 3};
#endif
inline constexpr int kMostTaps = 8;

// The most floats of errors and packed input in a band.
inline constexpr std::int64_t kBandFloats = std::int64_t{1} << 16;
inline constexpr std::int64_t kMostColumns = 4096;

struct TileCall {
  const float* errors = nullptr;  // aligned; of the first filter
  std::int64_t error_stride = 0;  // from filter to filter
  const float* input = nullptr;
  const std::int64_t* taps = nullptr;  // offsets from `input`
  std::int64_t count = 0;              // floats, of whole vectors
  float* totals = nullptr;             // filters x taps
};

template <int kFilters, int kTaps>
void sum_tile(const TileCall& call) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  Floats sums[kFilters][kTaps];
  const float* inputs[kTaps];
  for (int t = 0; t < kTaps; ++t) {
    inputs[t] = call.input + call.taps[t];
    for (int f = 0; f < kFilters; ++f) {
      sums[f][t] = hn::Zero(d);
    }
  }
  const float* errors = call.errors;
  const std::int64_t stride = call.error_stride;
  const auto count = static_cast<std::size_t>(call.count);
  for (std::size_t q = 0; q < count; q += lanes) {
    if constexpr (kFilters <= kTaps) {
      Floats values[kFilters];
      for (int f = 0; f < kFilters; ++f) {
        values[f] = hn::Load(d, errors + f * stride + q);
      }
      for (int t = 0; t < kTaps; ++t) {
        const Floats cells = hn::LoadU(d, inputs[t] + q);
        for (int f = 0; f < kFilters; ++f) {
          sums[f][t] = hn::MulAdd(values[f], cells, sums[f][t]);
        }
      }
    } else {
      Floats cells[kTaps];
      for (int t = 0; t < kTaps; ++t) {
        cells[t] = hn::LoadU(d, inputs[t] + q);
      }
      for (int f = 0; f < kFilters; ++f) {
        const Floats value = hn::Load(d, errors + f * stride + q);
        for (int t = 0; t < kTaps; ++t) {
          sums[f][t] = hn::MulAdd(value, cells[t], sums[f][t]);
        }
      }
    }
  }
  for (int f = 0; f < kFilters; ++f) {
    for (int t = 0; t < kTaps; ++t) {
      call.totals[f * kTaps + t] = hn::GetLane(hn::SumOfLanes(d, sums[f][t]));
    }
  }
}

using TileFunction = void (*)(const TileCall&);

template <int kFilters, int... kT>
constexpr std::array<TileFunction, kMostTaps> tiles_of(std::integer_sequence<int, kT...>) {
  return {sum_tile<kFilters, kT + 1>...};
}

inline TileFunction tile_function(std::int64_t filters, std::int64_t taps) {
  static constexpr auto kTiles = []<int... kF>(std::integer_sequence<int, kF...>) {
    return std::array{tiles_of<kF + 1>(std::make_integer_sequence<int, kTapsOf[kF + 1]>())...};
  }(std::make_integer_sequence<int, kMostFilters>());
  return kTiles[static_cast<std::size_t>(filters - 1)][static_cast<std::size_t>(taps - 1)];
}

inline std::int64_t whole_vectors(std::int64_t count) {
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(FloatTag()));
  return round_up(count, lanes);
}

// What vectors may read or write past the last position.
inline constexpr std::int64_t kSlack = hn::MaxLanes(FloatTag());

// The offsets that the taps read, by channel and tap.
inline std::vector<std::int64_t> offsets_of(const BandLayout& layout, const Correlation& source) {
  const std::vector<Tap> taps = taps_of(layout, source);
  std::vector<std::int64_t> offsets;
  offsets.reserve(taps.size() * static_cast<std::size_t>(source.windows.channels));
  for (std::int64_t c = 0; c < source.windows.channels; ++c) {
    for (const Tap& tap : taps) {
      offsets.push_back(c * layout.channel + tap.input);
    }
  }
  return offsets;
}

// Where the input of a block is.
struct View {
  const float* input = nullptr;  // at the block's first position
  std::int64_t pitch = 0;
  std::span<const std::int64_t> taps;
  // Whether the rest of the block's last vector comes before the block, not after it.
  bool before = false;
};

// The input of a group, block by block: in place if its rows allow it, otherwise as a copy.
class Input {
 public:
  Input(const WeightGradient& job, const GradientPart& part) : group_(part.group) {
    const Windows& w = job.windows;
    source_.windows = w;
    source_.input = job.input;
    rows_ = row_axis({&source_, 1});
    columns_ = column_axis({&source_, 1});
    const std::int64_t parts = ceil_div(w.output.w, kMostColumns);
    largest_.columns = ceil_div(w.output.w, parts);
    const auto phases = static_cast<std::int64_t>(rows_.phases.size() * columns_.phases.size());
    const std::int64_t pitch = largest_.columns + columns_.reach;
    // Bands of about the same height.
    const std::int64_t rows = std::min(w.output.h, part.last_row - part.first_row);
    const std::int64_t most = std::clamp<std::int64_t>(
        kBandFloats / (pitch * (part.filters + phases * w.channels)), 1, rows);
    const std::int64_t bands = ceil_div(rows, most);
    largest_.rows = ceil_div(rows, bands);
    // In place the gaps between the rows may be wider.
    if (rows_.stride == 1 && columns_.stride == 1 && parts == 1 && w.input.w <= pitch + pitch / 8) {
      in_place_.rows = rows_;
      in_place_.columns = columns_;
      in_place_.pitch = w.input.w;
      in_place_.channel = w.input.h * w.input.w;
      in_place_taps_ = offsets_of(in_place_, source_);
    }
  }

  const Block& largest() const { return largest_; }
  std::int64_t most_floats() const {
    return whole_vectors(largest_.rows *
                         (largest_.columns + std::max(columns_.reach, in_place_.pitch)));
  }

  // The most floats of a copy.
  std::int64_t copy_floats() const {
    return layout_of(rows_, columns_, source_.windows, {largest_.rows, largest_.columns, false},
                     kSlack)
        .size;
  }

  // Valid until the next call.
  View at(const Block& block, std::int64_t n) {
    const Windows& w = source_.windows;
    if (!in_place_taps_.empty() && lies_inside(rows_, columns_, w, block, n, group_, 0)) {
      const std::int64_t first = (n * w.groups + group_) * w.channels * w.input.h * w.input.w +
                                 (block.y + rows_.shift) * w.input.w + block.x + columns_.shift;
      const bool behind = lies_inside(rows_, columns_, w, block, n, group_, kSlack);
      if (behind || first >= kSlack) {
        return {source_.input + first, w.input.w, in_place_taps_, !behind};
      }
    }
    if (block.rows != packed_rows_ || block.columns != packed_columns_) {
      plan_copy(block);
    }
    pack_band(packed_, source_, block, n, group_, scratch_.data());
    return {scratch_.data(), packed_.pitch, packed_taps_, false};
  }

 private:
  void plan_copy(const Block& block) {
    const bool whole_rows = block.columns == source_.windows.output.w;
    packed_ = layout_of(rows_, columns_, source_.windows, {block.rows, block.columns, whole_rows},
                        kSlack);
    packed_taps_ = offsets_of(packed_, source_);
    if (packed_.size > scratch_size_) {
      scratch_ = Scratch(packed_.size);
      scratch_size_ = packed_.size;
    }
    packed_rows_ = block.rows;
    packed_columns_ = block.columns;
  }

  std::int64_t group_ = 0;
  Correlation source_;  // in the form that band.h takes
  PhaseAxis rows_;
  PhaseAxis columns_;
  Block largest_;
  BandLayout in_place_;
  std::vector<std::int64_t> in_place_taps_;  // empty: never in place
  BandLayout packed_;
  std::vector<std::int64_t> packed_taps_;
  std::int64_t packed_rows_ = 0;
  std::int64_t packed_columns_ = 0;
  Scratch scratch_;
  std::int64_t scratch_size_ = 0;
};

// Copies a row's floats, followed by zeros up to a whole vector; floats before `readable` may be
// read. Returns how many were written.
HWY_INLINE std::int64_t pack_row(const float* row, std::int64_t count, const float* readable,
                                 float* HWY_RESTRICT packed) {
  const FloatTag d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t x = 0;
  for (; x + lanes <= count; x += lanes) {
    hn::StoreU(hn::LoadU(d, row + x), d, packed + x);
  }
  if (x == count) {
    return x;
  }
  if (readable - (row + x) >= lanes) {
    const auto mask = hn::FirstN(d, static_cast<std::size_t>(count - x));
    hn::StoreU(hn::IfThenElseZero(mask, hn::LoadU(d, row + x)), d, packed + x);
  } else {
    std::fill(std::copy(row + x, row + count, packed + x), packed + x + lanes, 0.0F);
  }
  return x + lanes;
}

// Copies the errors of a block to rows `pitch` apart, with zeros between the rows and up to
// `count`. May write one vector more.
inline void pack_errors(const float* errors, const float* readable, const Windows& windows,
                        const Block& block, std::int64_t pitch, std::int64_t count, float* packed) {
  float* const end = packed + count;
  for (std::int64_t y = 0; y < block.rows; ++y) {
    const float* row = errors + (block.y + y) * windows.output.w + block.x;
    float* const written = packed + pack_row(row, block.columns, readable, packed);
    packed = y + 1 < block.rows ? packed + pitch : end;
    if (written < packed) {
      std::fill(written, packed, 0.0F);
    }
  }
}

// Adds a block's products; the taps by channel and tap, as in View.
inline void add_block(const GradientPart& part, const Windows& windows, const View& view,
                      const float* errors, std::int64_t count) {
  const auto taps = static_cast<std::int64_t>(view.taps.size());
  const std::int64_t kernel = windows.kernel.h * windows.kernel.w;
  float totals[kMostFilters * kMostTaps];
  for (std::int64_t f = 0; f < part.filters; f += kMostFilters) {
    const std::int64_t filters = std::min<std::int64_t>(kMostFilters, part.filters - f);
    const std::int64_t most_taps = kTapsOf[filters];
    double* const sums = part.sums_of(windows, f, 0);
    for (std::int64_t t = 0; t < taps; t += most_taps) {
      const std::int64_t tile_taps = std::min(most_taps, taps - t);
      tile_function(filters, tile_taps)(
          {errors + f * count, count, view.input, view.taps.data() + t, count, totals});
      for (std::int64_t n = 0; n < tile_taps; ++n) {
        double* sum = sums + (t + n) % kernel * windows.channels + (t + n) / kernel;
        for (std::int64_t g = 0; g < filters; ++g, sum += taps) {
          *sum += totals[g * tile_taps + n];
        }
      }
    }
  }
}

inline std::int64_t error_floats(const Input& input, const GradientPart& part) {
  return part.filters * input.most_floats() + kSlack;
}

inline std::int64_t scratch_floats(const WeightGradient& job, const GradientPart& part) {
  const Input input(job, part);
  return input.copy_floats() + error_floats(input, part);
}

// Computes all channels of the group: part.channels is windows.channels.
inline void add_part(const WeightGradient& job, const GradientPart& part) {
  const Windows& w = job.windows;
  Input input(job, part);
  const Scratch errors(error_floats(input, part));
  const float* const readable = errors_at(job, w.batch, 0, 0);
  Block block;
  for (std::int64_t row = part.first_row; row < part.last_row; row += block.rows) {
    const std::int64_t n = row / w.output.h;
    block.y = row % w.output.h;
    block.rows = std::min({input.largest().rows, part.last_row - row, w.output.h - block.y});
    for (block.x = 0; block.x < w.output.w; block.x += input.largest().columns) {
      block.columns = std::min(input.largest().columns, w.output.w - block.x);
      View view = input.at(block, n);
      const std::int64_t positions = (block.rows - 1) * view.pitch + block.columns;
      const std::int64_t count = whole_vectors(positions);
      const std::int64_t lead = view.before ? count - positions : 0;
      view.input -= lead;
      for (std::int64_t f = 0; f < part.filters; ++f) {
        float* const packed = errors.data() + f * count;
        std::fill_n(packed, lead, 0.0F);
        pack_errors(errors_at(job, n, part.group, part.first_filter + f), readable, w, block,
                    view.pitch, count - lead, packed + lead);
      }
      add_block(part, w, view, errors.data(), count);
    }
  }
}

}  // namespace position_lanes
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
