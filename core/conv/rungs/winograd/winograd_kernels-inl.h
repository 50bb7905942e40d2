// Kernels to values at the points, and sums there to kernels.
#if defined(CONVSCOPE_WINOGRAD_KERNELS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_WINOGRAD_KERNELS_INL_H_
#undef CONVSCOPE_WINOGRAD_KERNELS_INL_H_
#else
#define CONVSCOPE_WINOGRAD_KERNELS_INL_H_
#endif

#include <algorithm>

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

// G kernels G^T of kRows x kColumns taps each, a kernel in each lane. The taps are kMostLanes
// floats apart, the 36 points `plane`.
template <int kRows, int kColumns>
void kernels_to_points(const float* HWY_RESTRICT taps, float* HWY_RESTRICT points,
                       std::int64_t plane) {
  const Lane d;
  Vector rows[kTileCells][kColumns];
  HWY_UNROLL(5)
  for (int j = 0; j < kColumns; ++j) {
    Vector column[kRows];
    HWY_UNROLL(5)
    for (int i = 0; i < kRows; ++i) {
      column[i] = hn::Load(d, taps + (i * kColumns + j) * kMostLanes);
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

// Rows of `count` floats, `pitch` apart, one for each of kMostLanes lanes, as columns: to[t ·
// kMostLanes + lane]. With fewer floats than a vector has lanes, it reads a whole vector of them.
inline void load_columns(const float* from, std::int64_t pitch, std::int64_t count, float* to) {
  const Lane d;
  for (std::int64_t v = 0; v < kMostLanes; v += kLanes) {
    for (std::int64_t t = 0; t < count; t += kLanes) {  // the last may overlap the previous
      const std::int64_t first = std::max<std::int64_t>(0, std::min(t, count - kLanes));
      transpose_square(d, from + v * pitch + first, pitch, to + first * kMostLanes + v, kMostLanes,
                       std::min(kLanes, count));
    }
  }
}

// Reads the kernels of a layer, those of up to kMostLanes filters at a time, at [tap][lane].
class KernelReader {
 public:
  KernelReader(const Correlation& job, const WinogradAxes& axes)
      : axes_(axes),
        strides_(job.weight_strides),
        end_(job.weights_begin() + job.windows.weights()),
        lowest_(strides_.lowest_tap({axes.rows.kernel, axes.columns.kernel})),
        in_order_(axes.channel_phases() == 1 && axes.filter_phases() == 1 &&
                  strides_.in_order({axes.rows.taps, axes.columns.taps})),
        in_one_piece_(strides_.kernel_in_one_piece({axes.rows.kernel, axes.columns.kernel}) &&
                      axes.rows.kernel * axes.columns.kernel <= kMostPiece) {}

  // Whether the taps of neighbouring channels follow each other as they will be stored.
  bool in_order() const { return in_order_; }

  // `count` taps of neighbouring channels, of kMostLanes filters; if they are in order.
  void read_in_order(const float* weight, std::int64_t count, float* taps) const {
    if (count >= kLanes || ends_before(weight, kLanes)) {
      load_columns(weight, strides_.filter, count, taps);
      return;
    }
    for (std::int64_t t = 0; t < count; ++t) {
      for (std::int64_t lane = 0; lane < kMostLanes; ++lane) {
        taps[t * kMostLanes + lane] = weight[lane * strides_.filter + t];
      }
    }
  }

  // Begins with the kernels of up to kMostLanes filters for one channel: all phases are taken from
  // one copy of them, if they lie in one piece.
  void begin(const float* weight, std::int64_t lanes) {
    const std::int64_t count = axes_.rows.kernel * axes_.columns.kernel;
    const float* first = weight + lowest_;
    weight_ = weight;
    lanes_ = lanes;
    copied_ =
        in_one_piece_ && lanes == kMostLanes && (count >= kLanes || ends_before(first, kLanes));
    if (copied_) {
      load_columns(first, strides_.filter, count, piece_);
    }
  }

  // Their taps in the layout of the axes.
  void read(std::int64_t channel_phase, std::int64_t filter_phase, float* taps) const {
    const std::int64_t row_phase = channel_phase / axes_.columns.channel_phases;
    const std::int64_t column_phase = channel_phase % axes_.columns.channel_phases;
    const std::int64_t row_filter = filter_phase / axes_.columns.filter_phases();
    const std::int64_t column_filter = filter_phase % axes_.columns.filter_phases();
    for (std::int64_t i = 0; i < axes_.rows.taps; ++i) {
      for (std::int64_t j = 0; j < axes_.columns.taps; ++j) {
        const std::int64_t row = axes_.rows.tap(row_phase, row_filter, i);
        const std::int64_t column = axes_.columns.tap(column_phase, column_filter, j);
        float* to = taps + (i * axes_.columns.taps + j) * kMostLanes;
        if (row < 0 || column < 0) {
          std::fill_n(to, kMostLanes, 0.0F);
          continue;
        }
        const std::int64_t at = row * strides_.row + column * strides_.column;
        if (copied_) {
          std::copy_n(piece_ + (at - lowest_) * kMostLanes, kMostLanes, to);
          continue;
        }
        std::fill_n(to, kMostLanes, 0.0F);
        for (std::int64_t lane = 0; lane < lanes_; ++lane) {
          to[lane] = weight_[lane * strides_.filter + at];
        }
      }
    }
  }

 private:
  static constexpr std::int64_t kMostPiece = 36;

  // Whether `count` floats from the kernel's first tap on lie within the weights, for every lane.
  bool ends_before(const float* kernel, std::int64_t count) const {
    return end_ - kernel >= (kMostLanes - 1) * strides_.filter + count;
  }

  const WinogradAxes& axes_;
  const WeightStrides& strides_;
  const float* end_;
  std::int64_t lowest_;
  bool in_order_;
  bool in_one_piece_;
  const float* weight_ = nullptr;
  std::int64_t lanes_ = 0;
  bool copied_ = false;
  alignas(64) float piece_[kMostPiece * kMostLanes];
};

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
