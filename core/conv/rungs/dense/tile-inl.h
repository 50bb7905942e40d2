// The register tile of the dense rungs: F filters on V vectors of neighbouring positions, with all
// sums in registers over all channels and taps.
//
//   sums[f][v·N + lane] += weight[f][c][tap] · input[c][position + v·N + lane + offset of tap]
//
// Per tap: V loads of the input, F weights each broadcast once, F·V multiply-adds. 8x3 on AVX-512
// takes 11 loads for 24 multiply-adds, so the multipliers never wait, even with the input in the
// second-level cache.
#if defined(CONVSCOPE_TILE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_TILE_INL_H_
#undef CONVSCOPE_TILE_INL_H_
#else
#define CONVSCOPE_TILE_INL_H_
#endif

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "core/conv/rungs/dense/tile.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using FloatTag = hn::ScalableTag<float>;
using Floats = hn::Vec<FloatTag>;

// Whether there are 32 vector registers, or 16. WebAssembly's engines keep one to themselves, and a
// product takes one until it is added.
#if HWY_TARGET <= HWY_AVX3 || HWY_ARCH_ARM_A64
inline constexpr int kRegisters = 32;
inline constexpr int kTileFilters = 8;
inline constexpr int kVectorsOf[kTileFilters + 1] = {0, 8, 8, 7, 6, 5, 4, 3, 3};
#elif HWY_TARGET == HWY_WASM
inline constexpr int kRegisters = 14;
inline constexpr int kTileFilters = 4;
inline constexpr int kVectorsOf[kTileFilters + 1] = {0, 6, 4, 3, 2};
#else
inline constexpr int kRegisters = 16;
inline constexpr int kTileFilters = 4;
inline constexpr int kVectorsOf[kTileFilters + 1] = {0, 8, 5, 4, 3};
#endif

// Initializes the sums of a tile with the bias, or with the sums of the previous channels.
template <int kFilters, int kVectors>
HWY_INLINE void begin_sums(const TileCall& call, Floats (&sums)[kFilters][kVectors]) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  if (call.first) {
    HWY_UNROLL(8)
    for (int f = 0; f < kFilters; ++f) {
      const Floats start = call.bias != nullptr ? hn::Set(d, call.bias[f]) : hn::Zero(d);
      HWY_UNROLL(8)
      for (int v = 0; v < kVectors; ++v) {
        sums[f][v] = start;
      }
    }
  } else {
    HWY_UNROLL(8)
    for (int f = 0; f < kFilters; ++f) {
      HWY_UNROLL(8)
      for (int v = 0; v < kVectors; ++v) {
        sums[f][v] = hn::Load(d, call.sums + static_cast<std::size_t>(f * kVectors + v) * lanes);
      }
    }
  }
}

// Stores the lanes of one vector of every filter that lie in the segment's row, and nothing else.
template <int kFilters, int kVectors>
HWY_INLINE void store_segment(const Floats (&sums)[kFilters][kVectors], int v, Segment segment,
                              std::int64_t output_stride, float* HWY_RESTRICT output) {
  const FloatTag d;
  if (segment.begin == 0 && segment.end == static_cast<int>(hn::Lanes(d))) {
    HWY_UNROLL(8)
    for (int f = 0; f < kFilters; ++f) {
      hn::StoreU(sums[f][v], d, output + f * output_stride);
    }
    return;
  }
#if HWY_TARGET <= HWY_AVX2
  const auto mask = hn::AndNot(hn::FirstN(d, static_cast<std::size_t>(segment.begin)),
                               hn::FirstN(d, static_cast<std::size_t>(segment.end)));
  HWY_UNROLL(8)
  for (int f = 0; f < kFilters; ++f) {
    hn::BlendedStore(sums[f][v], mask, d, output + f * output_stride - segment.begin);
  }
#else
  // On other targets a blended store rewrites the other lanes, which another thread may be
  // changing.
  HWY_UNROLL(8)
  for (int f = 0; f < kFilters; ++f) {
    HWY_ALIGN float lanes[hn::MaxLanes(d)];
    hn::Store(sums[f][v], d, lanes);
    std::copy(lanes + segment.begin, lanes + segment.end, output + f * output_stride);
  }
#endif
}

// To scratch memory, for the channels that follow, or to the output.
template <int kFilters, int kVectors>
HWY_INLINE void end_sums(const TileCall& call, const Floats (&sums)[kFilters][kVectors]) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  if (!call.last) {
    HWY_UNROLL(8)
    for (int f = 0; f < kFilters; ++f) {
      HWY_UNROLL(8)
      for (int v = 0; v < kVectors; ++v) {
        hn::Store(sums[f][v], d, call.sums + static_cast<std::size_t>(f * kVectors + v) * lanes);
      }
    }
    return;
  }
  // A finite value minus itself is 0. (A product with 0 would take a multiplier from the next
  // tile.) Testing the sum of all values is enough, as it is not finite if any value isn't.
  Floats all = hn::Zero(d);
  HWY_UNROLL(8)
  for (int v = 0; v < kVectors; ++v) {
    const Segment* segment = call.segments + call.first_segment[v];
    const Segment* end = call.segments + call.first_segment[v + 1];
    for (; segment != end; ++segment) {
      store_segment(sums, v, *segment, call.output_stride, call.output + segment->output);
    }
    Floats column = sums[0][v];
    HWY_UNROLL(8)
    for (int f = 1; f < kFilters; ++f) {
      column = hn::Add(column, sums[f][v]);
    }
    all = hn::Add(all, column);
  }
  hn::Store(hn::Add(hn::Load(d, call.check), hn::Sub(all, all)), d, call.check);
}

// One tap: the input vectors are kept in registers while the weights are read one by one or, if
// that takes too many registers, the other way round.
template <int kFilters, int kVectors>
HWY_INLINE void add_tap(const float* HWY_RESTRICT input, const float* HWY_RESTRICT weight,
                        std::int64_t filter_stride, Floats (&sums)[kFilters][kVectors]) {
  const FloatTag d;
  const std::size_t lanes = hn::Lanes(d);
  if constexpr (kFilters * kVectors + kVectors >= kRegisters) {
    Floats weights[kFilters];
    HWY_UNROLL(8)
    for (int f = 0; f < kFilters; ++f) {
      weights[f] = hn::Set(d, weight[f * filter_stride]);
    }
    HWY_UNROLL(8)
    for (int v = 0; v < kVectors; ++v) {
      const Floats cells = hn::LoadU(d, input + static_cast<std::size_t>(v) * lanes);
      HWY_UNROLL(8)
      for (int f = 0; f < kFilters; ++f) {
        sums[f][v] = hn::MulAdd(weights[f], cells, sums[f][v]);
      }
    }
  } else {
    Floats cells[kVectors];
    HWY_UNROLL(8)
    for (int v = 0; v < kVectors; ++v) {
      cells[v] = hn::LoadU(d, input + static_cast<std::size_t>(v) * lanes);
    }
    HWY_UNROLL(8)
    for (int f = 0; f < kFilters; ++f) {
      const Floats value = hn::Set(d, weight[f * filter_stride]);
      HWY_UNROLL(8)
      for (int v = 0; v < kVectors; ++v) {
        sums[f][v] = hn::MulAdd(value, cells[v], sums[f][v]);
      }
    }
  }
}

template <int kFilters, int kVectors>
void compute_tile(const TileCall& call) {
  Floats sums[kFilters][kVectors];
  begin_sums<kFilters, kVectors>(call, sums);
  const Tap* const taps_end = call.taps + call.tap_count;
  const float* channel = call.input;
  const float* channel_weight = call.weight;
  for (std::int64_t c = 0; c < call.channels; ++c) {
    HWY_UNROLL(1)
    for (const Tap* tap = call.taps; tap != taps_end; ++tap) {
      add_tap<kFilters, kVectors>(channel + tap->input, channel_weight + tap->weight,
                                  call.filter_stride, sums);
    }
    channel += call.input_channel;
    channel_weight += call.weight_channel;
  }
  end_sums<kFilters, kVectors>(call, sums);
}

using TileFunction = void (*)(const TileCall&);

template <int kFilters, int... kV>
constexpr std::array<TileFunction, 8> tiles_of(std::integer_sequence<int, kV...>) {
  return {compute_tile<kFilters, kV + 1>...};
}

// The tile of `filters` x `vectors`; vectors up to kVectorsOf[filters].
inline TileFunction tile_function(int filters, int vectors) {
  static constexpr auto kTiles = []<int... kF>(std::integer_sequence<int, kF...>) {
    return std::array{tiles_of<kF + 1>(std::make_integer_sequence<int, kVectorsOf[kF + 1]>())...};
  }(std::make_integer_sequence<int, kTileFilters>());
  return kTiles[static_cast<std::size_t>(filters - 1)][static_cast<std::size_t>(vectors - 1)];
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
