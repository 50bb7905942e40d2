#include "core/conv/rungs/pool/copies.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/pool/copies.cpp"
#include "hwy/foreach_target.h"
// Must come after foreach_target.h.
#include "core/conv/rungs/pool/stream-inl.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

void relu_row_on_target(const float* from, std::int64_t count, bool stream, float* to) {
  const hn::ScalableTag<float> d;
  write_row(
      count, to, stream,
      [&](std::int64_t x) HWY_ATTR {
        hwy::Prefetch(from + x + kReadAhead);
        const auto value = hn::LoadU(d, from + x);
        return hn::IfThenZeroElse(hn::Le(value, hn::Zero(d)), value);
      },
      [&](std::int64_t x) { return from[x] <= 0 ? 0.0F : from[x]; });
}

void copy_row_on_target(const float* from, std::int64_t count, std::int64_t stride, bool stream,
                        float* to) {
  const hn::ScalableTag<float> d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  const auto one = [&](std::int64_t x) { return from[x * stride]; };
  if (stride == 1) {
    write_row(
        count, to, stream,
        [&](std::int64_t x) HWY_ATTR {
          hwy::Prefetch(from + x + kReadAhead);
          return hn::LoadU(d, from + x);
        },
        one);
    return;
  }
  if (stride != 2) {
    for (std::int64_t x = 0; x < count; ++x) {
      to[x] = one(x);
    }
    return;
  }
  // A vector reads the cell after its last one, which the last cell of a row may not have.
  const std::int64_t whole = count > 0 ? (count - 1) / lanes * lanes : 0;
  write_row(
      whole, to, stream,
      [&](std::int64_t x) HWY_ATTR {
        hn::Vec<decltype(d)> even;
        hn::Vec<decltype(d)> uneven;
        hn::LoadInterleaved2(d, from + 2 * x, even, uneven);
        return even;
      },
      one);
  for (std::int64_t x = whole; x < count; ++x) {
    to[x] = one(x);
  }
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {
HWY_EXPORT(relu_row_on_target);
HWY_EXPORT(copy_row_on_target);
}  // namespace

void relu_row(const float* from, std::int64_t count, bool stream, float* to) {
  HWY_DYNAMIC_DISPATCH(relu_row_on_target)(from, count, stream, to);
}

void copy_row(const float* from, std::int64_t count, std::int64_t stride, bool stream, float* to) {
  HWY_DYNAMIC_DISPATCH(copy_row_on_target)(from, count, stride, stream, to);
}

void flush_copies() { hwy::FlushStream(); }

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
