// Shapes: maps of the direct rung that are some vectors wide, under a square kernel of 3, 5 or 7
// that steps by one, with zeros around: the layers of a network.
// Idea: on rows so short what a tile costs besides its products tells, so all of a band is computed
// in one go, and a tile a vector of columns at a time: none is too many, and no border is a case by
// itself but for the masks of its loads. What is left of a row is computed with half a vector where
// that holds it.
#include <algorithm>

#include "core/conv/rungs/stencil.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/stencil_maps.cpp"
#include "hwy/foreach_target.h"
// The order matters.
#include "hwy/cache_control.h"
#include "hwy/highway.h"
// After Highway.
#include "core/conv/rungs/stencil_lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::HWY_NAMESPACE {
namespace {

#if HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX2  // where kMaskedLoads

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

// Adds all values to `check`, in which infinity and NaN stay.
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

template <int R, class D, class Kernel, class Load>
HWY_INLINE void compute_vectors(const Tile& tile, const Kernel& kernel, std::int64_t x, Load load,
                                Vector& check) {
  constexpr int K = Kernel::kSize;
  constexpr int kRun = R + K - 1;
  const D d;
  hn::Vec<D> sums[R];
  HWY_UNROLL(8)
  for (int o = 0; o < R; ++o) {
    sums[o] = hn::Set(d, tile.bias);
  }
  std::int64_t c = 0;
  do {
    const float* const* rows = tile.rows + c * kRun;
    HWY_UNROLL(7)
    for (int j = 0; j < K; ++j) {
      const std::int64_t column = x - tile.left + j;
      const auto where = load.where(column);
      hn::Vec<D> weights[K];
      HWY_UNROLL(7)
      for (int t = 0; t < K; ++t) {
        weights[t] = kernel.weight(d, c, j * K + t);
      }
      HWY_UNROLL(16)
      for (int row = 0; row < kRun; ++row) {
        const hn::Vec<D> cells = load(rows[row] + column, where);
        HWY_UNROLL(8)
        for (int o = 0; o < R; ++o) {
          if (row - o >= 0 && row - o < K) {
            sums[o] = hn::MulAdd(cells, weights[row - o], sums[o]);
          }
        }
      }
    }
  } while (++c < tile.channels);
  take_up<R, D>(sums, check);
  store<R, D>(tile, x, sums);
}

template <int R, class D, class Kernel>
HWY_INLINE void compute_columns(const Tile& tile, const Kernel& kernel, std::int64_t x,
                                Vector& check) {
  const std::int64_t first = x - tile.left;
  const std::int64_t last =
      first + Kernel::kSize - 1 + static_cast<std::int64_t>(hn::MaxLanes(D()));
  if (first >= 0 && last <= tile.input_width) {
    compute_vectors<R, D>(tile, kernel, x, WholeLoad<D>(), check);
  } else {
    compute_vectors<R, D>(tile, kernel, x, BorderLoad<D>{tile.input_width}, check);
  }
}

// Where rows begin that are next in memory: a number, since they may lie outside of the operands.
HWY_INLINE std::uintptr_t address_of(const float* plane, std::int64_t offset) {
  return reinterpret_cast<std::uintptr_t>(plane) + static_cast<std::uintptr_t>(offset * 4);
}

// Fetches of R rows as much as R vectors at x are, in the order of memory.
template <int R>
HWY_INLINE void fetch(std::uintptr_t rows, std::int64_t x) {
  HWY_UNROLL(8)
  for (std::int64_t v = 0; v < R; ++v) {
    const std::int64_t offset = x * R + v * kLanes;
    hwy::Prefetch(reinterpret_cast<const float*>(rows + static_cast<std::uintptr_t>(offset * 4)));
  }
}

// The whole width. The rows of the next tile are fetched meanwhile: this one is over so soon that
// the machine doesn't see them coming.
template <int R, class Kernel>
HWY_INLINE void compute_tile(const Tile& tile, const Kernel& kernel, std::uintptr_t next_input,
                             std::uintptr_t next_output, Vector& check) {
  std::int64_t x = 0;
  for (; x + kLanes <= tile.output_width; x += kLanes) {
    fetch<R>(next_input, x);
    fetch<R>(next_output, x);
    compute_columns<R, Lanes>(tile, kernel, x, check);
  }
  const auto last = [&](std::int64_t lanes) {
    return std::max<std::int64_t>(tile.output_width - lanes, 0);
  };
  const std::int64_t left_over = tile.output_width - x;
  if (left_over > kLanes / 2) {
    compute_columns<R, Lanes>(tile, kernel, last(kLanes), check);
  } else if (left_over > 0) {
    compute_columns<R, HalfLanes>(tile, kernel, last(kLanes / 2), check);
  }
}

// Names the input rows of a tile from `first` on, channel by channel.
void name_rows(const Windows& w, const float* planes, std::int64_t first, std::int64_t count,
               const float* zeros, const float** rows) {
  for (std::int64_t c = 0; c < w.channels; ++c) {
    const float* plane = planes + c * w.input.h * w.input.w;
    for (std::int64_t row = first; row < first + count; ++row) {
      *rows++ = row >= 0 && row < w.input.h ? plane + row * w.input.w : zeros;
    }
  }
}

template <int R, class Kernel>
bool compute_rows(const Stencil& stencil, const PlaneBand& band, StencilBuffers& buffers) {
  constexpr std::int64_t kRun = R + Kernel::kSize - 1;
  const Windows& w = stencil.windows;
  const PlaneJob& planes = band.planes;
  float* outputs[R];
  Tile tile = {w.channels, buffers.rows.data(), w.left, w.input.w, outputs, w.output.w, 0};
  Vector check = hn::Zero(Lanes());
  for (std::int64_t y = band.begin; y < band.end; y += R) {
    const std::int64_t first = y - w.top;
    name_rows(w, planes.input, first, kRun, buffers.zeros(), buffers.rows.data());
    for (std::int64_t k = 0; k < w.filters; ++k) {
      float* plane = planes.output + k * w.output.h * w.output.w;
      for (std::int64_t o = 0; o < R; ++o) {
        outputs[o] = y + o < w.output.h ? plane + (y + o) * w.output.w : buffers.discarded();
      }
      tile.bias = planes.bias_of(k);
      const Kernel kernel(buffers.packed() + k * w.taps());
      compute_tile<R>(tile, kernel, address_of(planes.input, (first + kRun) * w.input.w),
                      address_of(plane, (y + R) * w.output.w), check);
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
}  // namespace convscope::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope {

HWY_EXPORT(compute_map_on_target);

namespace {

// Wider rows are worth the two vectors at once and the stores past the caches of other tiles.
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
  const auto computed = [&](std::int64_t rows) { return (w.output.h + rows - 1) / rows * rows; };
  return computed(shape.rows - 1) < computed(shape.rows) ? shape.rows - 1 : shape.rows;
}

bool compute_map_band(const Stencil& stencil, const PlaneBand& band, std::int64_t rows,
                      StencilBuffers& buffers) {
  return HWY_DYNAMIC_DISPATCH(compute_map_on_target)(stencil, band, rows, buffers);
}

}  // namespace convscope
#endif
