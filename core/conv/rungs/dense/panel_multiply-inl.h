// The innermost loops of panel_gemm.cpp: a panel times some filters, all sums in registers.
#if defined(CONVSCOPE_PANEL_MULTIPLY_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_PANEL_MULTIPLY_INL_H_
#undef CONVSCOPE_PANEL_MULTIPLY_INL_H_
#else
#define CONVSCOPE_PANEL_MULTIPLY_INL_H_
#endif

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "core/conv/rungs/dense/tile-inl.h"
#include "hwy/cache_control.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

constexpr auto kPanelLanes = static_cast<std::int64_t>(hn::MaxLanes(FloatTag()));
// Tiles are three or four vectors wide where there are that many.
constexpr int kMostPanelVectors = HWY_TARGET == HWY_WASM ? 3 : 4;
// Floats in a line of the cache.
constexpr std::int64_t kLineFloats = 16;

// The most filters of a tile of so many vectors.
constexpr int filters_beside(int vectors) {
  int filters = kTileFilters;
  while (filters > 1 && kVectorsOf[filters] < vectors) {
    --filters;
  }
  return filters;
}

struct PanelCall {
  float* panel = nullptr;         // (taps, vectors)
  const float* source = nullptr;  // of the first tap: the panel is copied from here in passing
  const float* source_ahead = nullptr;  // of the next call
  std::int64_t source_stride = 0;       // from tap to tap
  std::int64_t taps = 0;
  const float* weight = nullptr;  // of the first filter and tap
  std::int64_t filter_stride = 0;
  const float* ahead = nullptr;  // the weights of the next call, which are prefetched
  const float* bias = nullptr;   // null: none
  bool first = true;             // whether the sums start here, or continue with `output`
  bool last = true;              // whether they are complete and checked
  float* output = nullptr;
  std::int64_t output_stride = 0;  // from filter to filter
  float* check = nullptr;          // aligned, a vector: NaN if any value wasn't finite
};

#if HWY_TARGET == HWY_WASM
// V8 would compute each sum's products one after another, and keep the operands of all taps in
// memory until then. It does that within a loop's body only.
constexpr int kTapsAtOnce = 1;
#else
// More than one: a loop over single taps takes a fifth longer.
constexpr int kTapsAtOnce = 8;
#endif

// A tap whose cells are copied to the panel. Those of neighbouring taps are too far apart for the
// hardware's prefetching; `ahead`: of a later tap.
template <int F, int V>
HWY_INLINE void copy_tap(const float* from, const float* ahead, float* HWY_RESTRICT to,
                         const float* HWY_RESTRICT weight, std::int64_t filter_stride,
                         Floats (&sums)[F][V]) {
  const FloatTag d;
  Floats cells[V];
  hwy::Prefetch(ahead + V * kPanelLanes - 1);
  HWY_UNROLL(8)
  for (int v = 0; v < V; ++v) {
    if (v * kPanelLanes % kLineFloats == 0) {
      hwy::Prefetch(ahead + v * kPanelLanes);
    }
    cells[v] = hn::LoadU(d, from + v * kPanelLanes);
    hn::Store(cells[v], d, to + v * kPanelLanes);
  }
  HWY_UNROLL(8)
  for (int f = 0; f < F; ++f) {
    const Floats value = hn::Set(d, weight[f * filter_stride]);
    HWY_UNROLL(8)
    for (int v = 0; v < V; ++v) {
      sums[f][v] = hn::MulAdd(value, cells[v], sums[f][v]);
    }
  }
}

template <int F, int V>
HWY_INLINE void begin_panel(const PanelCall& call, Floats (&sums)[F][V]) {
  const FloatTag d;
  if (call.first) {
    HWY_UNROLL(8)
    for (int f = 0; f < F; ++f) {
      const Floats start = call.bias != nullptr ? hn::Set(d, call.bias[f]) : hn::Zero(d);
      HWY_UNROLL(8)
      for (int v = 0; v < V; ++v) {
        sums[f][v] = start;
      }
    }
    return;
  }
  HWY_UNROLL(8)
  for (int f = 0; f < F; ++f) {
    HWY_UNROLL(8)
    for (int v = 0; v < V; ++v) {
      sums[f][v] = hn::LoadU(d, call.output + f * call.output_stride + v * kPanelLanes);
    }
  }
}

template <int F, int V>
HWY_INLINE void end_panel(const PanelCall& call, Floats (&sums)[F][V]) {
  const FloatTag d;
  HWY_UNROLL(8)
  for (int f = 0; f < F; ++f) {
    HWY_UNROLL(8)
    for (int v = 0; v < V; ++v) {
      hn::StoreU(sums[f][v], d, call.output + f * call.output_stride + v * kPanelLanes);
    }
  }
  if (call.last) {
    // The sum of all values isn't finite if one of them isn't; added in pairs, not one by one.
    HWY_UNROLL(8)
    for (int f = 0; f < F; ++f) {
      HWY_UNROLL(8)
      for (int v = 1; v < V; ++v) {
        sums[f][0] = hn::Add(sums[f][0], sums[f][v]);
      }
    }
    HWY_UNROLL(8)
    for (int f = 1; f < F; ++f) {
      sums[0][0] = hn::Add(sums[0][0], sums[f][0]);
    }
    const Floats all = sums[0][0];
    hn::Store(hn::Add(hn::Load(d, call.check), hn::Sub(all, all)), d, call.check);
  }
}

template <int F, int V, int... kTap>
HWY_INLINE void add_taps(const float* HWY_RESTRICT cells, const float* HWY_RESTRICT weight,
                         std::int64_t filter_stride, Floats (&sums)[F][V],
                         std::integer_sequence<int, kTap...>) {
  (add_tap<F, V>(cells + kTap * V * kPanelLanes, weight + kTap, filter_stride, sums), ...);
}

template <int F, int V>
void multiply_panel(const PanelCall& call) {
  Floats sums[F][V];
  begin_panel<F, V>(call, sums);
  const float* HWY_RESTRICT cells = call.panel;
  const float* HWY_RESTRICT weight = call.weight;
  const float* ahead = call.ahead;
  std::int64_t t = 0;
  HWY_UNROLL(1)
  for (; t + kTapsAtOnce <= call.taps; t += kTapsAtOnce) {
    if (t % kLineFloats == 0) {
      HWY_UNROLL(8)
      for (int f = 0; f < F; ++f) {
        hwy::Prefetch(ahead + f * call.filter_stride);
      }
      ahead += kLineFloats;
    }
    add_taps<F, V>(cells, weight, call.filter_stride, sums,
                   std::make_integer_sequence<int, kTapsAtOnce>());
    cells += kTapsAtOnce * V * kPanelLanes;
    weight += kTapsAtOnce;
  }
  for (; t < call.taps; ++t) {
    add_tap<F, V>(cells, weight, call.filter_stride, sums);
    cells += V * kPanelLanes;
    ++weight;
  }
  end_panel<F, V>(call, sums);
}

// The same with the copy to the panel, which costs almost nothing beside the multiplications.
template <int F, int V>
void copy_panel(const PanelCall& call) {
  constexpr std::int64_t kTapsAhead = 12;
  Floats sums[F][V];
  begin_panel<F, V>(call, sums);
  const float* from = call.source;
  float* HWY_RESTRICT cells = call.panel;
  const float* HWY_RESTRICT weight = call.weight;
  const float* ahead_weight = call.ahead;
  for (std::int64_t t = 0; t < call.taps; ++t) {
    if (t % kLineFloats == 0) {
      HWY_UNROLL(8)
      for (int f = 0; f < F; ++f) {
        hwy::Prefetch(ahead_weight + f * call.filter_stride);
      }
      ahead_weight += kLineFloats;
    }
    const std::int64_t later = t + kTapsAhead;
    const float* ahead =
        later < call.taps
            ? from + kTapsAhead * call.source_stride
            : call.source_ahead + std::min(later - call.taps, call.taps - 1) * call.source_stride;
    copy_tap<F, V>(from, ahead, cells, weight, call.filter_stride, sums);
    from += call.source_stride;
    cells += V * kPanelLanes;
    ++weight;
  }
  end_panel<F, V>(call, sums);
}

using PanelFunction = void (*)(const PanelCall&);

template <bool kCopy, int kFilters, int... kV>
constexpr std::array<PanelFunction, sizeof...(kV)> panels_of(std::integer_sequence<int, kV...>) {
  if constexpr (kCopy) {
    return {copy_panel<std::min(kFilters, filters_beside(kV + 1)), kV + 1>...};
  } else {
    return {multiply_panel<std::min(kFilters, filters_beside(kV + 1)), kV + 1>...};
  }
}

template <bool kCopy>
PanelFunction panel_function(int filters, int vectors) {
  static constexpr auto kFunctions = []<int... kF>(std::integer_sequence<int, kF...>) {
    return std::array{
        panels_of<kCopy, kF + 1>(std::make_integer_sequence<int, kMostPanelVectors>())...};
  }(std::make_integer_sequence<int, kTileFilters>());
  return kFunctions[static_cast<std::size_t>(filters - 1)][static_cast<std::size_t>(vectors - 1)];
}

// sums[f] += the products of F filters and `count` cells, with neighbouring taps in the lanes.
template <int F>
HWY_INLINE void add_products(const float* HWY_RESTRICT weight, std::int64_t filter_stride,
                             const float* HWY_RESTRICT cells, std::int64_t count, float* sums,
                             std::int64_t sums_stride) {
  const FloatTag d;
  Floats products[F];
  HWY_UNROLL(8)
  for (int f = 0; f < F; ++f) {
    products[f] = hn::Zero(d);
  }
  std::int64_t t = 0;
  for (; t + kPanelLanes <= count; t += kPanelLanes) {
    const Floats cell = hn::LoadU(d, cells + t);
    HWY_UNROLL(8)
    for (int f = 0; f < F; ++f) {
      products[f] = hn::MulAdd(hn::LoadU(d, weight + f * filter_stride + t), cell, products[f]);
    }
  }
#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2
  if (t < count) {
    const auto rest = hn::FirstN(d, static_cast<std::size_t>(count - t));
    const Floats cell = hn::MaskedLoad(rest, d, cells + t);
    HWY_UNROLL(8)
    for (int f = 0; f < F; ++f) {
      products[f] =
          hn::MulAdd(hn::MaskedLoad(rest, d, weight + f * filter_stride + t), cell, products[f]);
    }
  }
  t = count;
#endif
  HWY_UNROLL(8)
  for (int f = 0; f < F; ++f) {
    float sum = hn::GetLane(hn::SumOfLanes(d, products[f]));
    for (std::int64_t rest = t; rest < count; ++rest) {
      sum += weight[f * filter_stride + rest] * cells[rest];
    }
    sums[f * sums_stride] += sum;
  }
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // CONVSCOPE_PANEL_MULTIPLY_INL_H_
