// Shapes: (planes, H, W), any window whose rows fit in the second-level cache. Idea:
// window_rows-inl.h, with rows of doubles. A padding cell is added as 0, which changes no sum: none
// is -0.
#include <limits>

#include "core/conv/rounding.h"
#include "core/conv/rungs/pool/plane_windows.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/pool/average_pool.cpp"
#include "hwy/foreach_target.h"
// Must come after foreach_target.h.
#include "core/conv/rungs/pool/window_rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

#if HWY_HAVE_FLOAT64 && HWY_TARGET != HWY_SCALAR

using SumTag = hn::ScalableTag<double>;
using SumVector = hn::Vec<SumTag>;
using HalfTag = hn::Rebind<float, SumTag>;
constexpr auto kSumLanes = static_cast<std::int64_t>(hn::MaxLanes(SumTag()));

struct SumFold {
  using Value = double;
  using Tag = SumTag;
  using Vector = SumVector;
  static constexpr double kFirst = 0;
  static constexpr double kPadding = 0;

  template <bool kOdd>
  static HWY_INLINE SumVector fold(SumVector value, SumVector sum) {
    return hn::Add(sum, value);
  }

  static HWY_INLINE SumVector load(const float* from) {
    return hn::PromoteTo(SumTag(), hn::LoadU(HalfTag(), from));
  }
  static HWY_INLINE void load_pairs(const float* from, SumVector& even, SumVector& uneven) {
    hn::Vec<HalfTag> a;
    hn::Vec<HalfTag> b;
    hn::LoadInterleaved2(HalfTag(), from, a, b);
    even = hn::PromoteTo(SumTag(), a);
    uneven = hn::PromoteTo(SumTag(), b);
  }
  static HWY_INLINE SumVector checked(SumVector, SumVector check) { return check; }
  static HWY_INLINE bool is_odd(SumVector) { return false; }

  static bool copy(const float* from, Columns cells, double* to) {
    const SumTag d;
    std::int64_t m = cells.begin;
    for (; m + kSumLanes <= cells.end; m += kSumLanes) {
      hn::StoreU(hn::PromoteTo(d, hn::LoadU(HalfTag(), from + m)), d, to + m);
    }
    for (; m < cells.end; ++m) {
      to[m] = from[m];
    }
    return false;
  }
  static bool split(const float* from, Columns cells, double* even, double* uneven) {
    const SumTag d;
    std::int64_t m = cells.begin;
    for (; m + kSumLanes <= cells.end; m += kSumLanes) {
      hn::Vec<HalfTag> a;
      hn::Vec<HalfTag> b;
      hn::LoadInterleaved2(HalfTag(), from + 2 * m, a, b);
      hn::StoreU(hn::PromoteTo(d, a), d, even + m);
      hn::StoreU(hn::PromoteTo(d, b), d, uneven + m);
    }
    for (; m < cells.end; ++m) {
      even[m] = from[2 * m];
      uneven[m] = from[2 * m + 1];
    }
    return false;
  }
};

// Divides by rows[y] · columns[x].
struct Quotients {
  const double* rows;
  const double* columns;

  // The same from a column on.
  Quotients from(std::int64_t column) const { return {rows, columns + column}; }
  void write(const double* sums, std::int64_t y, std::int64_t from, std::int64_t count, float* out,
             bool stream) const {
    const SumTag d;
    const double row = rows[y];
    const double* column = columns + from;
    const auto half = [&](std::int64_t x) HWY_ATTR {
      const auto divisor = hn::Mul(hn::Set(d, row), hn::LoadU(d, column + x));
      const auto mean = hn::Div(hn::LoadU(d, sums + x), divisor);
      const auto nan = hn::Set(d, std::numeric_limits<double>::quiet_NaN());
      return hn::DemoteTo(HalfTag(), hn::IfThenElse(hn::IsNaN(mean), nan, mean));
    };
    write_row(
        count, out, stream,
        [&](std::int64_t x)
            HWY_ATTR { return hn::Combine(RowTag(), half(x + kSumLanes), half(x)); },
        [&](std::int64_t x) { return rounded(sums[x] / (row * column[x])); });
  }
};

bool average_pool_on_target(const PlaneWindows& job, const double* rows, const double* columns,
                            const RunOptions& run) {
  fold_planes<SumFold>(job, Quotients{rows, columns}, run);
  return true;
}

#else

// WebAssembly's vectors hold no doubles.
bool average_pool_on_target(const PlaneWindows&, const double*, const double*, const RunOptions&) {
  return false;
}

#endif

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {
HWY_EXPORT(average_pool_on_target);
}  // namespace

bool average_pool(const PlaneWindows& job, std::span<const double> rows,
                  std::span<const double> columns, const RunOptions& run) {
  return HWY_DYNAMIC_DISPATCH(average_pool_on_target)(job, rows.data(), columns.data(), run);
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
