// Shapes: (planes, H, W), any window whose rows fit in the second-level cache. Idea:
// window_rows-inl.h, with a maximum that is one instruction where there is no NaN.
#include <limits>

#include "core/conv/rungs/pool/plane_windows.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/pool/max_pool.cpp"
#include "hwy/foreach_target.h"
// Must come after foreach_target.h.
#include "core/conv/rungs/pool/window_rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

struct MaxFold {
  using Value = float;
  using Tag = RowTag;
  using Vector = RowVector;
  static constexpr float kFirst = -std::numeric_limits<float>::infinity();
  static constexpr float kPadding = kFirst;

  // Of equal values (0 and -0) the first stays. kOdd: there may be a NaN, which stays too.
  template <bool kOdd>
  static HWY_INLINE RowVector fold(RowVector value, RowVector largest) {
    if constexpr (kOdd) {
      return hn::IfThenElse(hn::Or(hn::Gt(value, largest), hn::IsNaN(value)), value, largest);
    }
#if HWY_ARCH_X86
    return hn::Max(value, largest);  // exactly value > largest ? value : largest
#else
    return hn::IfThenElse(hn::Gt(value, largest), value, largest);
#endif
  }

  static HWY_INLINE RowVector load(const float* from) { return hn::LoadU(RowTag(), from); }
  static HWY_INLINE void load_pairs(const float* from, RowVector& even, RowVector& uneven) {
    hn::LoadInterleaved2(RowTag(), from, even, uneven);
  }
  // A sum is NaN if a value was; also of infinities of both signs.
  static HWY_INLINE RowVector checked(RowVector value, RowVector check) {
    return hn::Add(check, value);
  }
  static HWY_INLINE bool is_odd(RowVector check) {
    return !hn::AllFalse(RowTag(), hn::IsNaN(check));
  }

  // Both return whether there is a NaN.
  static bool copy(const float* from, Columns cells, float* to) {
    const RowTag d;
    auto odd = hn::Zero(d);  // NaN once a value was
    bool rest = false;
    std::int64_t m = cells.begin;
    for (; m + kRowLanes <= cells.end; m += kRowLanes) {
      const RowVector value = hn::LoadU(d, from + m);
      hn::StoreU(value, d, to + m);
      odd = hn::IfThenElse(hn::IsNaN(value), value, odd);
    }
    for (; m < cells.end; ++m) {
      to[m] = from[m];
      rest |= from[m] != from[m];
    }
    return rest || !hn::AllFalse(d, hn::IsNaN(odd));
  }
  static bool split(const float* from, Columns cells, float* even, float* uneven) {
    const RowTag d;
    auto odd = hn::Zero(d);
    bool rest = false;
    std::int64_t m = cells.begin;
    for (; m + kRowLanes <= cells.end; m += kRowLanes) {
      RowVector a;
      RowVector b;
      hn::LoadInterleaved2(d, from + 2 * m, a, b);
      hn::StoreU(a, d, even + m);
      hn::StoreU(b, d, uneven + m);
      odd = hn::IfThenElse(hn::IsNaN(a), a, odd);
      odd = hn::IfThenElse(hn::IsNaN(b), b, odd);
    }
    for (; m < cells.end; ++m) {
      even[m] = from[2 * m];
      uneven[m] = from[2 * m + 1];
      rest |= even[m] != even[m] || uneven[m] != uneven[m];
    }
    return rest || !hn::AllFalse(d, hn::IsNaN(odd));
  }
};

struct MaxFinish {
  MaxFinish from(std::int64_t) const { return {}; }
  void write(const float* sums, std::int64_t, std::int64_t, std::int64_t count, float* out,
             bool stream) const {
    const RowTag d;
    const auto nan = hn::Set(d, std::numeric_limits<float>::quiet_NaN());
    write_row(
        count, out, stream,
        [&](std::int64_t x) HWY_ATTR {
          const RowVector value = hn::LoadU(d, sums + x);
          return hn::IfThenElse(hn::IsNaN(value), nan, value);
        },
        [&](std::int64_t x) {
          return sums[x] == sums[x] ? sums[x] : std::numeric_limits<float>::quiet_NaN();
        });
  }
};

void max_pool_on_target(const PlaneWindows& job, const RunOptions& run) {
  fold_planes<MaxFold>(job, MaxFinish(), run);
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {
HWY_EXPORT(max_pool_on_target);
}  // namespace

void max_pool(const PlaneWindows& job, const RunOptions& run) {
  HWY_DYNAMIC_DISPATCH(max_pool_on_target)(job, run);
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
