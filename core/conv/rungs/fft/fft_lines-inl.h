// Shapes: lines of n complex values, as many lines side by side as a vector has lanes. In memory a
// line is n entries, each a vector of real parts followed by a vector of imaginary parts.
// Idea: the forward transform decimates in frequency, which leaves the values permuted; the inverse
// decimates in time and takes them in that order. Nothing is ever reordered, since values at the
// same place of two lines belong to the same frequency. Recursion is depth-first, so that all
// passes but the first of a long line find their values in the first-level cache.
#if defined(CONVSCOPE_FFT_LINES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_FFT_LINES_INL_H_
#undef CONVSCOPE_FFT_LINES_INL_H_
#else
#define CONVSCOPE_FFT_LINES_INL_H_
#endif

#include <cstddef>
#include <cstdint>

#include "core/conv/rungs/fft/fft_plan.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
// Internal linkage: these names are private to the including file.
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using Lane = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Lane>;
inline constexpr std::int64_t kLanes = hn::MaxLanes(Lane());
inline constexpr std::int64_t kEntry = 2 * kLanes;  // floats

struct Complex {
  // Written out, since the constructors that GCC generates are not compiled for the target.
  HWY_INLINE Complex() {}
  HWY_INLINE Complex(Vector real, Vector imaginary) : re(real), im(imaginary) {}

  Vector re;
  Vector im;
};

HWY_INLINE Complex load(const float* entry) {
  const Lane d;
  return {hn::Load(d, entry), hn::Load(d, entry + kLanes)};
}

HWY_INLINE void store(Complex z, float* entry) {
  const Lane d;
  hn::Store(z.re, d, entry);
  hn::Store(z.im, d, entry + kLanes);
}

HWY_INLINE Complex operator+(Complex a, Complex b) {
  return {hn::Add(a.re, b.re), hn::Add(a.im, b.im)};
}

HWY_INLINE Complex operator-(Complex a, Complex b) {
  return {hn::Sub(a.re, b.re), hn::Sub(a.im, b.im)};
}

HWY_INLINE Complex operator*(Complex a, Complex b) {
  return {hn::NegMulAdd(a.im, b.im, hn::Mul(a.re, b.re)),
          hn::MulAdd(a.im, b.re, hn::Mul(a.re, b.im))};
}

// a + i·b
HWY_INLINE Complex plus_i(Complex a, Complex b) {
  return {hn::Sub(a.re, b.im), hn::Add(a.im, b.re)};
}

// a - i·b
HWY_INLINE Complex minus_i(Complex a, Complex b) {
  return {hn::Add(a.re, b.im), hn::Sub(a.im, b.re)};
}

HWY_INLINE Complex exchanged(Complex z) { return {z.im, z.re}; }

HWY_INLINE void dft4(Complex& z0, Complex& z1, Complex& z2, Complex& z3) {
  const Complex even = z0 + z2;
  const Complex even_turned = z0 - z2;
  const Complex odd = z1 + z3;
  const Complex odd_turned = z1 - z3;
  z0 = even + odd;
  z1 = minus_i(even_turned, odd_turned);
  z2 = even - odd;
  z3 = plus_i(even_turned, odd_turned);
}

// (a, b) = (a + √½·b, a - √½·b)
HWY_INLINE void add_eighth(Complex& a, Complex& b) {
  const Vector root = hn::Set(Lane(), 0.70710678118654752F);
  const Complex sum = {hn::MulAdd(b.re, root, a.re), hn::MulAdd(b.im, root, a.im)};
  b = {hn::NegMulAdd(b.re, root, a.re), hn::NegMulAdd(b.im, root, a.im)};
  a = sum;
}

// z[q] becomes the sum of z[k]·exp(-2πi·k·q/n).
HWY_INLINE void dft(Complex (&z)[4]) { dft4(z[0], z[1], z[2], z[3]); }

HWY_INLINE void dft(Complex (&z)[8]) {
  dft4(z[0], z[2], z[4], z[6]);
  dft4(z[1], z[3], z[5], z[7]);
  // Frequency q of the even ones is in z[2q], of the odd ones in z[2q + 1].
  const Complex sum = z[0] + z[1];
  const Complex difference = z[0] - z[1];
  const Complex flipped = minus_i(z[4], z[5]);
  const Complex turned_back = plus_i(z[4], z[5]);
  // exp(-πi/4)·z = √½·(z - i·z); exp(-3πi/4)·z = -√½·(z + i·z)
  Complex first = z[2];
  Complex fifth = minus_i(z[3], z[3]);
  add_eighth(first, fifth);
  Complex seventh = z[6];
  Complex third = plus_i(z[7], z[7]);
  add_eighth(seventh, third);
  z[0] = sum;
  z[1] = first;
  z[2] = flipped;
  z[3] = third;
  z[4] = difference;
  z[5] = fifth;
  z[6] = turned_back;
  z[7] = seventh;
}

HWY_INLINE Complex twiddle(const float* pair) {
  const Lane d;
  return {hn::Set(d, pair[0]), hn::Set(d, pair[1])};
}

// Multiplies by the twiddle factors for one place j (see FftTwiddles); for place 0 they are all 1.
template <int kRadix>
HWY_INLINE void twist(Complex (&z)[kRadix], std::int64_t j, const float* twiddles) {
  if (j == 0) {
    return;
  }
  const float* factors = twiddles + j * 2 * (kRadix - 1);
  for (int q = 1; q < kRadix; ++q) {
    z[q] = z[q] * twiddle(factors + 2 * (q - 1));
  }
}

template <int kRadix>
HWY_INLINE void load_all(Complex (&z)[kRadix], const float* entry, std::int64_t distance) {
  for (int k = 0; k < kRadix; ++k) {
    z[k] = load(entry + k * distance * kEntry);
  }
}

template <int kRadix>
HWY_INLINE void store_all(const Complex (&z)[kRadix], float* entry, std::int64_t distance) {
  for (int k = 0; k < kRadix; ++k) {
    store(z[k], entry + k * distance * kEntry);
  }
}

// The first pass of a forward transform.
template <int kRadix>
HWY_INLINE void pass_forward(float* line, std::int64_t n, const float* twiddles) {
  const std::int64_t part = n / kRadix;
  for (std::int64_t j = 0; j < part; ++j) {
    Complex z[kRadix];
    load_all(z, line + j * kEntry, part);
    dft(z);
    twist(z, j, twiddles);
    store_all(z, line + j * kEntry, part);
  }
}

// The last pass of an inverse transform: the inverse of pass_forward, times kRadix, on values with
// real and imaginary parts swapped. The swap makes inverse and forward transforms the same
// arithmetic.
template <int kRadix>
HWY_INLINE void pass_inverse(float* line, std::int64_t n, const float* twiddles) {
  const std::int64_t part = n / kRadix;
  for (std::int64_t j = 0; j < part; ++j) {
    Complex z[kRadix];
    load_all(z, line + j * kEntry, part);
    twist(z, j, twiddles);
    dft(z);
    store_all(z, line + j * kEntry, part);
  }
}

HWY_INLINE void transform_eight(float* line) {
  Complex z[8];
  load_all(z, line, 1);
  dft(z);
  store_all(z, line, 1);
}

// Leaves the values in permuted order.
inline void forward(float* line, std::int64_t n, const FftTwiddles& twiddles) {
  if (n == 8) {
    transform_eight(line);
    return;
  }
  const std::int64_t radix = fft_radix(n);
  radix == 8 ? pass_forward<8>(line, n, twiddles.of(n)) : pass_forward<4>(line, n, twiddles.of(n));
  for (std::int64_t q = 0; q < radix; ++q) {
    forward(line + q * (n / radix) * kEntry, n / radix, twiddles);
  }
}

// The inverse of forward(), times n; input and output have real and imaginary parts swapped.
inline void inverse(float* line, std::int64_t n, const FftTwiddles& twiddles) {
  if (n == 8) {
    transform_eight(line);
    return;
  }
  const std::int64_t radix = fft_radix(n);
  for (std::int64_t q = 0; q < radix; ++q) {
    inverse(line + q * (n / radix) * kEntry, n / radix, twiddles);
  }
  radix == 8 ? pass_inverse<8>(line, n, twiddles.of(n)) : pass_inverse<4>(line, n, twiddles.of(n));
}

// Multiplies the result of forward() by a spectrum and adds it to the sums, or sets them if
// `first`. The sums have real and imaginary parts swapped.
inline void multiply(const float* line, std::int64_t n, const float* spectrum, bool first,
                     float* sums) {
  for (std::int64_t at = 0; at < n * kEntry; at += kEntry) {
    const Complex product = exchanged(load(line + at) * load(spectrum + at));
    store(first ? product : load(sums + at) + product, sums + at);
  }
}

// forward(), multiplication by the spectrum, the swap, inverse(), in one recursion.
inline void convolve(float* line, std::int64_t n, const float* spectrum,
                     const FftTwiddles& twiddles) {
  if (n == 8) {
    Complex z[8];
    load_all(z, line, 1);
    dft(z);
    for (int q = 0; q < 8; ++q) {
      z[q] = exchanged(z[q] * load(spectrum + q * kEntry));
    }
    dft(z);
    store_all(z, line, 1);
    return;
  }
  const std::int64_t radix = fft_radix(n);
  radix == 8 ? pass_forward<8>(line, n, twiddles.of(n)) : pass_forward<4>(line, n, twiddles.of(n));
  for (std::int64_t q = 0; q < radix; ++q) {
    const std::int64_t at = q * (n / radix) * kEntry;
    convolve(line + at, n / radix, spectrum + at, twiddles);
  }
  radix == 8 ? pass_inverse<8>(line, n, twiddles.of(n)) : pass_inverse<4>(line, n, twiddles.of(n));
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // CONVSCOPE_FFT_LINES_INL_H_
