// The transforms of Winograd's F(7 - r, r) along one axis, a channel (or filter) in each lane:
// values at the points 0, a, -a, b, -b and the leading coefficient, a = kNear, b = kFar.
// In two dimensions each is applied to columns, then to rows.
#if defined(CONVSCOPE_WINOGRAD_TRANSFORMS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_WINOGRAD_TRANSFORMS_INL_H_
#undef CONVSCOPE_WINOGRAD_TRANSFORMS_INL_H_
#else
#define CONVSCOPE_WINOGRAD_TRANSFORMS_INL_H_
#endif

#include <array>
#include <utility>

#include "core/conv/rungs/winograd/winograd_axis.h"
#include "core/conv/rungs/winograd/winograd_points.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using Lane = hn::CappedTag<float, kMostLanes>;
using Vector = hn::Vec<Lane>;
constexpr std::int64_t kLanes = static_cast<std::int64_t>(hn::MaxLanes(Lane()));
static_assert(kLanes == 1 || kLanes % 4 == 0);

HWY_INLINE Vector constant(double value) { return hn::Set(Lane(), static_cast<float>(value)); }

// even +- odd: the values at a point and at its negative.
struct Pair {
  Vector plus;
  Vector minus;
};

HWY_INLINE Pair pair(Vector even, Vector odd) { return {hn::Add(even, odd), hn::Sub(even, odd)}; }

// B^T d, points 0, a, -a. Each row of B^T has the other finite points as its roots: for a it is x
// (x + a) (x^2 - b^2), for 0 (x^2 - a^2) (x^2 - b^2); its coefficients multiply d0, d1, ...
HWY_INLINE void cells_to_first_points(const Vector (&d)[6], Vector (&v)[3]) {
  constexpr double kA = kNear;
  constexpr double kB = kFar;
  v[0] = hn::MulAdd(d[0], constant(kA * kA * kB * kB),
                    hn::NegMulAdd(d[2], constant(kA * kA + kB * kB), d[4]));
  const Pair at = pair(hn::NegMulAdd(d[2], constant(kB * kB), d[4]),
                       hn::NegMulAdd(d[1], constant(kA * kB * kB), hn::Mul(d[3], constant(kA))));
  v[1] = at.plus;
  v[2] = at.minus;
}

// B^T d, points b, -b and the leading coefficient.
HWY_INLINE void cells_to_last_points(const Vector (&d)[6], Vector (&v)[3]) {
  constexpr double kA = kNear;
  constexpr double kB = kFar;
  const Pair at = pair(hn::NegMulAdd(d[2], constant(kA * kA), d[4]),
                       hn::NegMulAdd(d[1], constant(kB * kA * kA), hn::Mul(d[3], constant(kB))));
  v[0] = at.plus;
  v[1] = at.minus;
  v[2] = hn::MulAdd(d[1], constant(kA * kA * kB * kB),
                    hn::NegMulAdd(d[3], constant(kA * kA + kB * kB), d[5]));
}

constexpr double power(double base, int exponent) {
  return exponent == 0 ? 1 : base * power(base, exponent - 1);
}

// Output kRow of A^T m from the sums and differences of the values at a, -a and b, -b.
template <int kRow, int kOutputs>
HWY_INLINE Vector output_row(const Vector (&m)[6], Vector of_a, Vector of_b) {
  if constexpr (kRow == 0) {
    return hn::Add(hn::Add(m[0], of_a), of_b);
  } else {
    const Vector far = constant(power(kFar, kRow));
    Vector rest;
    if constexpr (kRow + 1 == kOutputs) {
      rest = hn::MulAdd(of_b, far, m[5]);
    } else {
      rest = hn::Mul(of_b, far);
    }
    return hn::MulAdd(of_a, constant(power(kNear, kRow)), rest);
  }
}

// A^T m: output r is the sum of point^r · m(point); the last one also adds the leading coefficient.
template <int kOutputs>
HWY_INLINE void points_to_outputs(const Vector (&m)[6], Vector (&y)[kOutputs]) {
  const Vector even_a = hn::Add(m[1], m[2]);
  const Vector odd_a = hn::Sub(m[1], m[2]);
  const Vector even_b = hn::Add(m[3], m[4]);
  const Vector odd_b = hn::Sub(m[3], m[4]);
  y[0] = output_row<0, kOutputs>(m, even_a, even_b);
  y[1] = output_row<1, kOutputs>(m, odd_a, odd_b);
  if constexpr (kOutputs > 2) {
    y[2] = output_row<2, kOutputs>(m, even_a, even_b);
  }
  if constexpr (kOutputs > 3) {
    y[3] = output_row<3, kOutputs>(m, odd_a, odd_b);
  }
  if constexpr (kOutputs > 4) {
    y[4] = output_row<4, kOutputs>(m, even_a, even_b);
  }
}

// A y: the polynomial with coefficients y, evaluated at the points.
HWY_INLINE void outputs_to_points(const Vector (&y)[4], Vector (&v)[6]) {
  constexpr double kA = kNear;
  constexpr double kB = kFar;
  const Pair at_a = pair(hn::MulAdd(y[2], constant(kA * kA), y[0]),
                         hn::MulAdd(y[3], constant(kA * kA * kA), hn::Mul(y[1], constant(kA))));
  const Pair at_b = pair(hn::MulAdd(y[2], constant(kB * kB), y[0]),
                         hn::MulAdd(y[3], constant(kB * kB * kB), hn::Mul(y[1], constant(kB))));
  v[0] = y[0];
  v[1] = at_a.plus;
  v[2] = at_a.minus;
  v[3] = at_b.plus;
  v[4] = at_b.minus;
  v[5] = y[3];
}

// The member Family::at<rows, columns>() of a family of transforms for the taps of `axes`.
template <typename Family>
auto of_taps(const WinogradAxes& axes) {
  constexpr int kLeast = kLeastTaps;
  constexpr int kCount = kMostTaps - kLeastTaps + 1;
  static constexpr auto kAll = []<int... kIndex>(std::integer_sequence<int, kIndex...>) {
    return std::array{Family::template at<kLeast + kIndex / kCount, kLeast + kIndex % kCount>()...};
  }(std::make_integer_sequence<int, kCount * kCount>());
  return kAll[static_cast<std::size_t>((axes.rows.taps - kLeast) * kCount + axes.columns.taps -
                                       kLeast)];
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
