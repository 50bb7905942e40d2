// Transposes a square block of floats, as many vectors as a vector has lanes, in registers.
#if defined(CONVSCOPE_TRANSPOSE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_TRANSPOSE_INL_H_
#undef CONVSCOPE_TRANSPOSE_INL_H_
#else
#define CONVSCOPE_TRANSPOSE_INL_H_
#endif

#include <cstddef>
#include <cstdint>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET != HWY_SCALAR  // which has no lanes to interleave

// Transposes each 4x4 block that four vectors hold side by side.
template <class D, class V = hn::Vec<D>>
HWY_INLINE void transpose_fours(D d, V& a, V& b, V& c, V& e) {
  const hn::Repartition<std::uint64_t, D> pairs;
  const auto ac_low = hn::BitCast(pairs, hn::InterleaveLower(d, a, b));
  const auto ac_high = hn::BitCast(pairs, hn::InterleaveUpper(d, a, b));
  const auto be_low = hn::BitCast(pairs, hn::InterleaveLower(d, c, e));
  const auto be_high = hn::BitCast(pairs, hn::InterleaveUpper(d, c, e));
  a = hn::BitCast(d, hn::InterleaveLower(pairs, ac_low, be_low));
  b = hn::BitCast(d, hn::InterleaveUpper(pairs, ac_low, be_low));
  c = hn::BitCast(d, hn::InterleaveLower(pairs, ac_high, be_high));
  e = hn::BitCast(d, hn::InterleaveUpper(pairs, ac_high, be_high));
}

// The halves of two vectors as the rows of a 2x2 block, transposed.
template <class D, class V = hn::Vec<D>>
HWY_INLINE void transpose_halves(D d, V& a, V& b) {
  const V low = hn::ConcatLowerLower(d, b, a);
  b = hn::ConcatUpperUpper(d, b, a);
  a = low;
}

// The same for the 128-bit quarters within each half.
template <class V>
HWY_INLINE void transpose_quarters(V& a, V& b) {
  const V even = hn::OddEvenBlocks(hn::SwapAdjacentBlocks(b), a);
  b = hn::OddEvenBlocks(b, hn::SwapAdjacentBlocks(a));
  a = even;
}

// v[i] lane j <-> v[j] lane i.
template <class D, class V = hn::Vec<D>>
HWY_INLINE void transpose(D d, V (&v)[hn::MaxLanes(D())]) {
  constexpr std::size_t kLanes = hn::MaxLanes(D());
  static_assert(kLanes == 4 || kLanes == 8 || kLanes == 16);
  for (std::size_t i = 0; i < kLanes; i += 4) {
    transpose_fours(d, v[i], v[i + 1], v[i + 2], v[i + 3]);
  }
  if constexpr (kLanes == 16) {
    for (std::size_t i = 0; i < 16; i += 8) {
      for (std::size_t j = i; j < i + 4; ++j) {
        transpose_quarters(v[j], v[j + 4]);
      }
    }
  }
  if constexpr (kLanes >= 8) {
    for (std::size_t i = 0; i < kLanes / 2; ++i) {
      transpose_halves(d, v[i], v[i + kLanes / 2]);
    }
  }
}

#else

template <class D, class V = hn::Vec<D>>
HWY_INLINE void transpose(D, V (&)[1]) {}

#endif

// to[x · to_pitch + c] = from[c · from_pitch + x], c below the lanes of D, x below `rows`.
template <class D>
HWY_INLINE void transpose_square(D d, const float* from, std::int64_t from_pitch, float* to,
                                 std::int64_t to_pitch,
                                 std::int64_t rows = static_cast<std::int64_t>(hn::MaxLanes(D()))) {
  constexpr auto kLanes = static_cast<std::int64_t>(hn::MaxLanes(D()));
  hn::Vec<D> square[kLanes];
  for (std::int64_t c = 0; c < kLanes; ++c) {
    square[c] = hn::LoadU(d, from + c * from_pitch);
  }
  transpose(d, square);
  for (std::int64_t x = 0; x < rows; ++x) {
    hn::StoreU(square[x], d, to + x * to_pitch);
  }
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // CONVSCOPE_TRANSPOSE_INL_H_
