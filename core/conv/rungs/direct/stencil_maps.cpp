// Shapes: maps of the direct rung that are a few vectors wide, with a square kernel of 3, 5 or 7,
// stride 1 and zero padding: the layers of a network.
// Idea: with rows this short the overhead of a tile matters, so a whole band is computed in one
// call, a tile being one vector of columns. No vector is superfluous, and borders differ only in
// the masks of their loads. What is left of a row is computed with half a vector if it fits.
#include <algorithm>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/direct/stencil.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/direct/stencil_maps.cpp"
#include "hwy/foreach_target.h"
// Order matters.
#include "hwy/cache_control.h"
#include "hwy/highway.h"
// Must come after Highway.
#include "core/conv/rungs/direct/stencil_lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

#if (HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2) || HWY_TARGET == HWY_WASM  // those with kMaskedLoads

using HalfLanes = hn::Half<Lanes>;

template <class D>
HWY_INLINE hn::Vec<D> lower_part(D d, Vector vector) {
  if constexpr (hn::MaxLanes(D()) == kLanes) {
    return vector;
  } else {
    return hn::LowerHalf(d, vector);
  }
}

// A kernel of one channel, in registers.
template <int K>
struct HeldKernel {
  static constexpr int kSize = K;
  Vector weights[K * K];

  HWY_INLINE explicit HeldKernel(const float* packed) {
    HWY_UNROLL(9)
    for (int i = 0; i < K * K; ++i) {
      weights[i] = hn::Set(Lanes(), packed[i]);
    }
  }
  template <class D>
  HWY_INLINE hn::Vec<D> weight(D d, std::int64_t, int i) const {
    return lower_part(d, weights[i]);
  }
};

// The kernels of all channels, in memory.
template <int K>
struct StoredKernel {
  static constexpr int kSize = K;
  const float* packed;

  HWY_INLINE explicit StoredKernel(const float* first) : packed(first) {}
  template <class D>
  HWY_INLINE hn::Vec<D> weight(D d, std::int64_t channel, int i) const {
    return hn::Set(d, packed[channel * K * K + i]);
  }
};

// Rows of one filter.
struct Tile {
  std::int64_t channels;
  const float* const* rows;  // channel by channel
  std::int64_t left;
  std::int64_t input_width;
  float* const* outputs;
  std::int64_t output_width;
  float bias;
};

// Rows [0, R) of vectors of columns from x on.
template <int R, class D>
HWY_INLINE void store(const Tile& tile, std::int64_t x, const hn::Vec<D> (&sums)[R]) {
  const D d;
  if (tile.output_width >= static_cast<std::int64_t>(hn::MaxLanes(d))) {
    HWY_UNROLL(8)
    for (int o = 0; o < R; ++o) {
      hn::StoreU(sums[o], d, tile.outputs[o] + x);
    }
  } else {
    const auto within = hn::FirstN(d, static_cast<std::size_t>(tile.output_width));
    HWY_UNROLL(8)
    for (int o = 0; o < R; ++o) {
      hn::BlendedStore(sums[o], within, d, tile.outputs[o] + x);
    }
  }
}

// Adds all values to `check`; infinity and NaN persist there.
template <int R, class D>
HWY_INLINE void take_up(const hn::Vec<D> (&sums)[R], Vector& check) {
  const D d;
  hn::Vec<D> total = sums[0];
  HWY_UNROLL(8)
  for (int o = 1; o < R; ++o) {
    total = hn::Add(total, sums[o]);
  }
  if constexpr (hn::MaxLanes(d) == kLanes) {
    check = hn::Add(check, total);
  } else {
    check = hn::Add(check, hn::ZeroExtendVector(Lanes(), total));
  }
}

// Column j of the kernel of channel c times the cells from `column` of its rows on.
template <int R, class D, class Kernel, class Load>
HWY_INLINE void add_column(hn::Vec<D> (&sums)[R], const Kernel& kernel, std::int64_t c, int j,
                           const float* const* rows, std::int64_t column, Load load) {
  constexpr int K = Kernel::kSize;
  const auto where = load.where(column);
  hn::Vec<D> weights[K];
  HWY_UNROLL(7)
  for (int t = 0; t < K; ++t) {
    weights[t] = kernel.weight(D(), c, j * K + t);
  }
  HWY_UNROLL(16)
  for (int row = 0; row < R + K - 1; ++row) {
    const hn::Vec<D> cells = load(rows[row] + column, where);
    HWY_UNROLL(8)
    for (int o = 0; o < R; ++o) {
      if (row - o >= 0 && row - o < K) {
        sums[o] = hn::MulAdd(cells, weights[row - o], sums[o]);
      }
    }
  }
}

// R vectors of columns from x on. All values are added to `check`.
template <int R, class D, class Kernel, class Load>
HWY_INLINE void compute_vectors(const Tile& tile, const Kernel& kernel, std::int64_t x, Load load,
                                Vector& check) {
  constexpr int K = Kernel::kSize;
  hn::Vec<D> sums[R];
  HWY_UNROLL(8)
  for (int o = 0; o < R; ++o) {
    sums[o] = hn::Set(D(), tile.bias);
  }
  const std::int64_t first = x - tile.left;
  std::int64_t c = 0;
  do {
    const float* const* rows = tile.rows + c * (R + K - 1);
    if constexpr (K == 3) {  // the weights may be in registers, which can't be indexed
      add_column<R, D>(sums, kernel, c, 0, rows, first, load);
      add_column<R, D>(sums, kernel, c, 1, rows, first + 1, load);
      add_column<R, D>(sums, kernel, c, 2, rows, first + 2, load);
    } else {
      HWY_UNROLL(1)
      for (int j = 0; j < K; ++j) {
        add_column<R, D>(sums, kernel, c, j, rows, first + j, load);
      }
    }
  } while (++c < tile.channels);
  take_up<R, D>(sums, check);
  store<R, D>(tile, x, sums);
}

// Whether a whole vector, with all kernel columns, reads only the input.
template <class Kernel>
HWY_INLINE bool reads_inside(const Tile& tile, std::int64_t x) {
  const std::int64_t first = x - tile.left;
  return first >= 0 && first + kLanes + Kernel::kSize - 1 <= tile.input_width;
}

// The address of rows to prefetch: an integer, since they may lie outside the operands.
HWY_INLINE std::uintptr_t address_of(const float* plane, std::int64_t offset) {
  return reinterpret_cast<std::uintptr_t>(plane) + static_cast<std::uintptr_t>(offset * 4);
}

// Prefetches, of R rows, as much as R vectors at x cover, in memory order.
template <int R>
HWY_INLINE void fetch(std::uintptr_t rows, std::int64_t x) {
  HWY_UNROLL(8)
  for (std::int64_t v = 0; v < R; ++v) {
    const std::int64_t offset = x * R + v * kLanes;
    hwy::Prefetch(reinterpret_cast<const float*>(rows + static_cast<std::uintptr_t>(offset * 4)));
  }
}

// Computes the whole width and prefetches the rows of the next tile: a tile is done too quickly for
// the hardware prefetcher.
template <int R, class Kernel>
HWY_INLINE void compute_tile(const Tile& tile, const Kernel& kernel, std::uintptr_t next_input,
                             std::uintptr_t next_output, Vector& check) {
  std::int64_t x = 0;
  for (; x + kLanes <= tile.output_width; x += kLanes) {
    fetch<R>(next_input, x);
    fetch<R>(next_output, x);
    if (reads_inside<Kernel>(tile, x)) {
      compute_vectors<R, Lanes>(tile, kernel, x, WholeLoad<Lanes>(), check);
    } else {
      compute_vectors<R, Lanes>(tile, kernel, x, BorderLoad<Lanes>{tile.input_width}, check);
    }
  }
  // A vector, or half of one, that ends where the row does.
  const auto compute_last = [&](auto d) HWY_ATTR {
    using D = decltype(d);
    const auto lanes = static_cast<std::int64_t>(hn::MaxLanes(d));
    compute_vectors<R, D>(tile, kernel, std::max<std::int64_t>(0, tile.output_width - lanes),
                          BorderLoad<D>{tile.input_width}, check);
  };
  const std::int64_t left_over = tile.output_width - x;
  if (left_over > kLanes / 2) {
    compute_last(Lanes());
  } else if (left_over > 0) {
    compute_last(HalfLanes());
  }
}

// Sets the pointers to `count` input rows from `first` on, channel by channel.
void name_rows(const Windows& w, const float* planes, std::int64_t first, std::int64_t count,
               const float* zeros, const float** rows) {
  for (std::int64_t c = 0; c < w.channels; ++c) {
    const float* plane = planes + c * w.input.h * w.input.w;
    for (std::int64_t row = first; row < first + count; ++row) {
      *rows++ = row >= 0 && row < w.input.h ? plane + row * w.input.w : zeros;
    }
  }
}

// Sets the pointers to output rows [first, first + count); those beyond the map are discarded.
void name_outputs(const Windows& w, float* map, std::int64_t first, std::int64_t count,
                  float* discarded, float** outputs) {
  for (std::int64_t row = first; row < first + count; ++row) {
    *outputs++ = row < w.output.h ? map + row * w.output.w : discarded;
  }
}

template <int R, class Kernel>
bool compute_rows(const Stencil& stencil, const PlaneBand& band, StencilBuffers& buffers) {
  constexpr std::int64_t kReach = Kernel::kSize - 1;
  // The most tiles whose pointers are set at once. Tiles of several filters alternate on the same
  // rows.
  constexpr std::int64_t kMostTiles = 16;
  const Windows& w = stencil.windows;
  const PlaneJob& planes = band.planes;
  const std::int64_t most_rows = w.filters == 1 && w.channels == 1 ? kMostTiles * R : R;
  const float* rows[std::max((kMostTiles * R + kReach), kMostStencilChannels * (R + kReach))];
  float* outputs[kMostTiles * R];
  Tile tile = {w.channels, rows, w.left, w.input.w, outputs, w.output.w, 0};
  Vector check = hn::Zero(Lanes());
  for (std::int64_t begin = band.begin; begin < band.end; begin += most_rows) {
    const std::int64_t count = round_up(std::min(most_rows, band.end - begin), R);
    name_rows(w, planes.input, begin - w.top, count + kReach, buffers.zeros(), rows);
    for (std::int64_t k = 0; k < w.filters; ++k) {
      float* map = planes.output + k * w.output.h * w.output.w;
      name_outputs(w, map, begin, count, buffers.discarded(), outputs);
      tile.bias = planes.bias_of(k);
      const Kernel kernel(buffers.packed() + k * w.taps());
      for (std::int64_t row = 0; row < count; row += R) {
        tile.rows = rows + row;
        tile.outputs = outputs + row;
        const std::int64_t next = begin + row + R;
        compute_tile<R>(tile, kernel, address_of(planes.input, (next - w.top + kReach) * w.input.w),
                        address_of(map, next * w.output.w), check);
      }
    }
  }
  // Zero unless infinite or NaN.
  return hn::AllTrue(Lanes(), hn::Eq(hn::Sub(check, check), hn::Zero(Lanes())));
}

template <int R>
bool compute_kernel(const Stencil& stencil, const PlaneBand& band, StencilBuffers& buffers) {
  switch (stencil.windows.kernel.h) {
    case 3:
      return stencil.windows.channels == 1
                 ? compute_rows<R, HeldKernel<3>>(stencil, band, buffers)
                 : compute_rows<R, StoredKernel<3>>(stencil, band, buffers);
    case 5:
      return compute_rows<R, StoredKernel<5>>(stencil, band, buffers);
    default:
      return compute_rows<R, StoredKernel<7>>(stencil, band, buffers);
  }
}

bool compute_map_on_target(const Stencil& stencil, const PlaneBand& band, std::int64_t rows,
                           StencilBuffers& buffers) {
  return rows == kRows ? compute_kernel<kRows>(stencil, band, buffers)
                       : compute_kernel<kRows - 1>(stencil, band, buffers);
}

#else

bool compute_map_on_target(const Stencil&, const PlaneBand&, std::int64_t, StencilBuffers&) {
  return false;
}

#endif

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

HWY_EXPORT(compute_map_on_target);

namespace {

// For wider rows the two vectors at once and the non-temporal stores of the other tiles pay off.
constexpr std::int64_t kWidest = 256;

}  // namespace

std::int64_t map_tile_rows(const Windows& w) {
  const StencilShape shape = stencil_shape();
  const std::int64_t size = w.kernel.h;
  if (!shape.masked_loads || w.mode != PaddingMode::kZeros || w.output.w > kWidest ||
      w.kernel.w != size || (size != 3 && size != 5 && size != 7) || w.stride != Size2{1, 1} ||
      w.dilation != Size2{1, 1}) {
    return 0;
  }
  // Maps of 7 · 2^n rows are common.
  const std::int64_t fewer = shape.rows - 1;
  return round_up(w.output.h, fewer) < round_up(w.output.h, shape.rows) ? fewer : shape.rows;
}

bool compute_map_band(const Stencil& stencil, const PlaneBand& band, std::int64_t rows,
                      StencilBuffers& buffers) {
  return HWY_DYNAMIC_DISPATCH(compute_map_on_target)(stencil, band, rows, buffers);
}

}  // namespace convscope::conv::rungs
#endif
