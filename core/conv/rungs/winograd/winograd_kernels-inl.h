// Kernels to values at the points, and sums there to kernels.
#if defined(CONVSCOPE_WINOGRAD_KERNELS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_WINOGRAD_KERNELS_INL_H_
#undef CONVSCOPE_WINOGRAD_KERNELS_INL_H_
#else
#define CONVSCOPE_WINOGRAD_KERNELS_INL_H_
#endif

#include <algorithm>
#include <utility>

#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/transpose-inl.h"
#include "core/conv/rungs/winograd/winograd_axis.h"
#include "core/conv/rungs/winograd/winograd_points.h"
#include "core/conv/rungs/winograd/winograd_transforms-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

// Lagrange's divisors: the product of a point's distances from the other points.
constexpr double kScaleZero = 1.0 / (kNear * kNear * kFar * kFar);
constexpr double kScaleNear = 1.0 / (2 * kNear * kNear * (kNear * kNear - kFar * kFar));
constexpr double kScaleFar = 1.0 / (2 * kFar * kFar * (kFar * kFar - kNear * kNear));

// G g: the polynomial with coefficients g evaluated at the points, divided by the divisors.
template <int kTaps>
HWY_INLINE void kernel_to_points(const Vector (&g)[kTaps], Vector (&points)[6]) {
  const auto value_at = [&](double square, Vector first, int second, int third) HWY_ATTR {
    if (third < kTaps) {
      const Vector higher = g[third < kTaps ? third : 0];
      return hn::MulAdd(hn::MulAdd(higher, constant(square), g[second < kTaps ? second : 0]),
                        constant(square), first);
    }
    return second < kTaps ? hn::MulAdd(g[second < kTaps ? second : 0], constant(square), first)
                          : first;
  };
  constexpr double kA2 = kNear * kNear;
  constexpr double kB2 = kFar * kFar;
  points[0] = hn::Mul(g[0], constant(kScaleZero));
  const Pair at_a = pair(hn::Mul(value_at(kA2, g[0], 2, 4), constant(kScaleNear)),
                         hn::Mul(value_at(kA2, g[1], 3, 5), constant(kNear * kScaleNear)));
  const Pair at_b = pair(hn::Mul(value_at(kB2, g[0], 2, 4), constant(kScaleFar)),
                         hn::Mul(value_at(kB2, g[1], 3, 5), constant(kFar * kScaleFar)));
  points[1] = at_a.plus;
  points[2] = at_a.minus;
  points[3] = at_b.plus;
  points[4] = at_b.minus;
  points[5] = g[kTaps - 1];
}

// Gradients are added up in double precision, in loops that the compiler vectorizes.
using Kernels = double[kMostLanes];

// G^T u, the transpose of kernel_to_points: six arrays to three.
HWY_INLINE void points_to_kernel(const Kernels* from, std::int64_t from_step, Kernels* to,
                                 std::int64_t to_step) {
  for (std::int64_t lane = 0; lane < kMostLanes; ++lane) {
    const double u1 = from[from_step][lane];
    const double u2 = from[2 * from_step][lane];
    const double u3 = from[3 * from_step][lane];
    const double u4 = from[4 * from_step][lane];
    const double even_a = (u1 + u2) * kScaleNear;
    const double odd_a = (u1 - u2) * kScaleNear;
    const double even_b = (u3 + u4) * kScaleFar;
    const double odd_b = (u3 - u4) * kScaleFar;
    to[0][lane] = from[0][lane] * kScaleZero + even_a + even_b;
    to[to_step][lane] = odd_a * kNear + odd_b * kFar;
    to[2 * to_step][lane] =
        even_a * (kNear * kNear) + even_b * (kFar * kFar) + from[5 * from_step][lane];
  }
}

// G kernels G^T of kRows x kColumns taps each, a kernel in each lane. The taps are `step` floats
// apart, the 36 points `plane`.
template <int kRows, int kColumns>
void kernels_to_points(const float* HWY_RESTRICT taps, std::int64_t step,
                       float* HWY_RESTRICT points, std::int64_t plane) {
  const Lane d;
  Vector rows[kTileCells][kColumns];
  HWY_UNROLL(5)
  for (int j = 0; j < kColumns; ++j) {
    Vector column[kRows];
    HWY_UNROLL(5)
    for (int i = 0; i < kRows; ++i) {
      column[i] = hn::Load(d, taps + (i * kColumns + j) * step);
    }
    Vector at[kTileCells];
    kernel_to_points<kRows>(column, at);
    HWY_UNROLL(6)
    for (int i = 0; i < kTileCells; ++i) {
      rows[i][j] = at[i];
    }
  }
  HWY_UNROLL(6)
  for (int i = 0; i < kTileCells; ++i) {
    Vector at[kTileCells];
    kernel_to_points<kColumns>(rows[i], at);
    HWY_UNROLL(6)
    for (int j = 0; j < kTileCells; ++j) {
      hn::Store(at[j], d, points + (i * kTileCells + j) * plane);
    }
  }
}

struct KernelsToPoints {
  template <int kRows, int kColumns>
  static constexpr auto at() {
    return kernels_to_points<kRows, kColumns>;
  }
};

// The layer's channel and phase behind a channel of the plan, in the order of transform_inputs().
struct ChannelPhase {
  ChannelPhase(std::int64_t index, std::int64_t channels, std::int64_t phases) {
    const std::int64_t first = index / (kLanes * phases) * kLanes;
    const std::int64_t together = std::min(kLanes, channels - first);
    channel = first + (index - first * phases) % together;
    phase = (index - first * phases) / together;
  }
  std::int64_t channel;
  std::int64_t phase;
};

// The taps of up to kMostLanes kernels in the layout of `axes`, `step` floats apart.
inline void load_taps(const WinogradAxes& axes, const WeightStrides& strides, const float* weight,
                      std::int64_t lanes, std::int64_t channel_phase, std::int64_t filter_phase,
                      float* taps, std::int64_t step) {
  const auto phase_of = [](std::int64_t phase, std::int64_t columns) {
    return std::pair(phase / columns, phase % columns);
  };
  const auto [c_row, c_column] = phase_of(channel_phase, axes.columns.channel_phases);
  const auto [f_row, f_column] = phase_of(filter_phase, axes.columns.filter_phases());
  for (std::int64_t i = 0; i < axes.rows.taps; ++i) {
    for (std::int64_t j = 0; j < axes.columns.taps; ++j) {
      const std::int64_t row = axes.rows.tap(c_row, f_row, i);
      const std::int64_t column = axes.columns.tap(c_column, f_column, j);
      float* to = taps + (i * axes.columns.taps + j) * step;
      std::fill_n(to, kMostLanes, 0.0F);
      if (row >= 0 && column >= 0) {
        const float* from = weight + row * strides.row + column * strides.column;
        for (std::int64_t lane = 0; lane < lanes; ++lane) {
          to[lane] = from[lane * strides.filter];
        }
      }
    }
  }
}

// Whether the taps of neighbouring channels lie in one piece in the order of load_taps().
inline bool taps_in_order(const WinogradAxes& axes, const WeightStrides& strides) {
  return axes.channel_phases() == 1 && axes.filter_phases() == 1 &&
         strides.in_order({axes.rows.taps, axes.columns.taps});
}

// The same as load_taps() for `count` taps in one piece, of kMostLanes filters.
inline void load_taps_in_order(const float* weight, std::int64_t filter_stride, std::int64_t count,
                               float* taps, std::int64_t step) {
  const Lane d;
  for (std::int64_t v = 0; v < kMostLanes; v += kLanes) {
    const float* from = weight + v * filter_stride;
    std::int64_t t = 0;
    for (; t + kLanes <= count; t += kLanes) {
      transpose_square(d, from + t, filter_stride, taps + t * step + v, step);
    }
    for (; t < count; ++t) {
      for (std::int64_t lane = 0; lane < kLanes; ++lane) {
        taps[t * step + v + lane] = from[lane * filter_stride + t];
      }
    }
  }
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
