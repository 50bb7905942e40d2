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
#include "core/conv/rungs/winograd/winograd_axis.h"
#include "core/conv/rungs/winograd/winograd_points.h"
#include "core/conv/rungs/winograd/winograd_transforms-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

// There are few kernels, so they are transformed in double precision and rounded once, in loops
// that the compiler vectorizes.
using Kernels = double[kMostLanes];

// Lagrange's divisors: the product of a point's distances from the other points.
constexpr double kScaleZero = 1.0 / (kNear * kNear * kFar * kFar);
constexpr double kScaleNear = 1.0 / (2 * kNear * kNear * (kNear * kNear - kFar * kFar));
constexpr double kScaleFar = 1.0 / (2 * kFar * kFar * (kFar * kFar - kNear * kNear));

// G g: the polynomial with coefficients g evaluated at the points, divided by the divisors. From
// kTaps arrays, `from_step` arrays apart, to six arrays, `to_step` values apart.
template <int kTaps, typename Value>
HWY_INLINE void kernel_to_points(const Kernels* from, std::int64_t from_step, Value* to,
                                 std::int64_t to_step) {
  // A local copy first: the compiler has to assume that the six arrays overlap.
  alignas(64) Value points[6][kMostLanes];
  for (std::int64_t lane = 0; lane < kMostLanes; ++lane) {
    const double zero = 0;
    const double g0 = from[0][lane];
    const double g1 = from[from_step][lane];
    const double g2 = kTaps > 2 ? from[(kTaps > 2 ? 2 : 0) * from_step][lane] : zero;
    const double g3 = kTaps > 3 ? from[(kTaps > 3 ? 3 : 0) * from_step][lane] : zero;
    const double g4 = kTaps > 4 ? from[(kTaps > 4 ? 4 : 0) * from_step][lane] : zero;
    constexpr double kA2 = kNear * kNear;
    constexpr double kB2 = kFar * kFar;
    const double even_a = (g0 + (g2 + g4 * kA2) * kA2) * kScaleNear;
    const double odd_a = (g1 + g3 * kA2) * (kNear * kScaleNear);
    const double even_b = (g0 + (g2 + g4 * kB2) * kB2) * kScaleFar;
    const double odd_b = (g1 + g3 * kB2) * (kFar * kScaleFar);
    points[0][lane] = static_cast<Value>(g0 * kScaleZero);
    points[1][lane] = static_cast<Value>(even_a + odd_a);
    points[2][lane] = static_cast<Value>(even_a - odd_a);
    points[3][lane] = static_cast<Value>(even_b + odd_b);
    points[4][lane] = static_cast<Value>(even_b - odd_b);
    points[5][lane] = static_cast<Value>(from[(kTaps - 1) * from_step][lane]);
  }
  for (std::int64_t point = 0; point < 6; ++point) {
    std::copy_n(points[point], kMostLanes, to + point * to_step);
  }
}

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

// G kernels G^T of kRows x kColumns taps each: 36 times kMostLanes values, `plane` floats apart
// from point to point.
template <int kRows, int kColumns>
void kernels_to_points(const Kernels* taps, float* points, std::int64_t plane) {
  alignas(64) Kernels columns[kTileCells * kColumns];
  for (std::int64_t j = 0; j < kColumns; ++j) {
    kernel_to_points<kRows>(taps + j, kColumns, columns[j], kColumns * kMostLanes);
  }
  for (std::int64_t i = 0; i < kTileCells; ++i) {
    kernel_to_points<kColumns>(columns + kColumns * i, 1, points + kTileCells * i * plane, plane);
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

// The taps of up to kMostLanes kernels in the layout of `axes`.
inline void load_taps(const WinogradAxes& axes, const WeightStrides& strides, const float* weight,
                      std::int64_t lanes, std::int64_t channel_phase, std::int64_t filter_phase,
                      Kernels* taps) {
  const auto phase_of = [](std::int64_t phase, std::int64_t columns) {
    return std::pair(phase / columns, phase % columns);
  };
  const auto [c_row, c_column] = phase_of(channel_phase, axes.columns.channel_phases);
  const auto [f_row, f_column] = phase_of(filter_phase, axes.columns.filter_phases());
  for (std::int64_t i = 0; i < axes.rows.taps; ++i) {
    for (std::int64_t j = 0; j < axes.columns.taps; ++j) {
      const std::int64_t row = axes.rows.tap(c_row, f_row, i);
      const std::int64_t column = axes.columns.tap(c_column, f_column, j);
      double* to = taps[i * axes.columns.taps + j];
      std::fill_n(to, kMostLanes, 0.0);
      if (row >= 0 && column >= 0) {
        const float* from = weight + row * strides.row + column * strides.column;
        for (std::int64_t lane = 0; lane < lanes; ++lane) {
          to[lane] = from[lane * strides.filter];
        }
      }
    }
  }
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
