// The transforms of Winograd's F(7 - r, r) along one axis, a channel (or filter) in each lane:
// values at the points 0, a, -a, b, -b and the leading coefficient, a = kNear, b = kFar.
// In two dimensions each is applied to columns, then to rows.
#if defined(CONVSCOPE_WINOGRAD_TRANSFORMS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_WINOGRAD_TRANSFORMS_INL_H_
#undef CONVSCOPE_WINOGRAD_TRANSFORMS_INL_H_
#else
#define CONVSCOPE_WINOGRAD_TRANSFORMS_INL_H_
#endif

#include "core/conv/rungs/winograd_plan.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::HWY_NAMESPACE {

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

// B^T d, points 0, a, -a. The other finite points are the roots that a row of B^T has: that of a is
// x (x + a) (x^2 - b^2), of 0 (x^2 - a^2) (x^2 - b^2), whose coefficients multiply d0, d1, ...
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

// A^T m: output r is the sum of point^r · m(point), the last one also has the leading coefficient.
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

// A y: the polynomial with the coefficients y at the points.
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

// Kernels are few, so they are transformed in double precision and rounded once, in loops that the
// compiler makes vectors of.
using Kernels = double[kMostLanes];

// Lagrange's divisors: the product of a point's distances from the other points.
constexpr double kScaleZero = 1.0 / (kNear * kNear * kFar * kFar);
constexpr double kScaleNear = 1.0 / (2 * kNear * kNear * (kNear * kNear - kFar * kFar));
constexpr double kScaleFar = 1.0 / (2 * kFar * kFar * (kFar * kFar - kNear * kNear));

// G g: the polynomial with the coefficients g at the points, divided by the divisors. Of kTaps
// arrays `from` that lie `from_step` arrays apart to six that lie `to_step` values apart.
template <int kTaps, typename Value>
HWY_INLINE void kernel_to_points(const Kernels* from, std::int64_t from_step, Value* to,
                                 std::int64_t to_step) {
  // Here first: for all that a compiler knows, the six may overlap.
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

// G^T u, the transpose of that: six arrays to three.
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

}  // namespace convscope::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
