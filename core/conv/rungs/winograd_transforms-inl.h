// The transforms of Winograd's F(4, 3) along one axis, a channel (or filter) in each lane:
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

// A^T m: output r is the sum of point^r · m(point), the last one also has the leading coefficient.
HWY_INLINE void points_to_outputs(const Vector (&m)[6], Vector (&y)[4]) {
  constexpr double kA = kNear;
  constexpr double kB = kFar;
  const Vector even_a = hn::Add(m[1], m[2]);
  const Vector odd_a = hn::Sub(m[1], m[2]);
  const Vector even_b = hn::Add(m[3], m[4]);
  const Vector odd_b = hn::Sub(m[3], m[4]);
  y[0] = hn::Add(hn::Add(m[0], even_a), even_b);
  y[1] = hn::MulAdd(odd_a, constant(kA), hn::Mul(odd_b, constant(kB)));
  y[2] = hn::MulAdd(even_a, constant(kA * kA), hn::Mul(even_b, constant(kB * kB)));
  y[3] = hn::MulAdd(odd_a, constant(kA * kA * kA), hn::MulAdd(odd_b, constant(kB * kB * kB), m[5]));
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

// G g: the polynomial with the coefficients g at the points, divided by the divisors. Of three
// arrays `from` that lie `from_step` arrays apart to six that lie `to_step` apart.
HWY_INLINE void kernel_to_points(const Kernels* from, std::int64_t from_step, Kernels* to,
                                 std::int64_t to_step) {
  for (std::int64_t lane = 0; lane < kMostLanes; ++lane) {
    const double g0 = from[0][lane];
    const double g1 = from[from_step][lane];
    const double g2 = from[2 * from_step][lane];
    const double even_a = (g0 + g2 * (kNear * kNear)) * kScaleNear;
    const double odd_a = g1 * (kNear * kScaleNear);
    const double even_b = (g0 + g2 * (kFar * kFar)) * kScaleFar;
    const double odd_b = g1 * (kFar * kScaleFar);
    to[0][lane] = g0 * kScaleZero;
    to[to_step][lane] = even_a + odd_a;
    to[2 * to_step][lane] = even_a - odd_a;
    to[3 * to_step][lane] = even_b + odd_b;
    to[4 * to_step][lane] = even_b - odd_b;
    to[5 * to_step][lane] = g2;
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
