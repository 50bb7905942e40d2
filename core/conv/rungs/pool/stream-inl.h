// Writes a row of floats, if wanted past the caches: an output that doesn't stay in them would
// otherwise be read from memory first.
#if defined(CONVSCOPE_STREAM_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_STREAM_INL_H_
#undef CONVSCOPE_STREAM_INL_H_
#else
#define CONVSCOPE_STREAM_INL_H_
#endif

#include <algorithm>
#include <cstdint>

#include "hwy/cache_control.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

// Where memory is read in order, the processor's own prefetching stays behind: this many floats
// ahead.
constexpr std::int64_t kReadAhead = 2048;

// vector(x) gives the values from x on, one(x) only one, also where they read `out` itself there.
// Call hwy::FlushStream() after the last row.
template <class Vector, class One>
HWY_INLINE void write_row(std::int64_t count, float* out, bool stream, const Vector& vector,
                          const One& one) {
  const hn::ScalableTag<float> d;
  const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
  std::int64_t x = 0;
  if (stream) {
    const auto past = static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(out) /
                                                sizeof(float) % static_cast<std::size_t>(lanes));
    for (const std::int64_t head = past > 0 ? std::min(lanes - past, count) : 0; x < head; ++x) {
      out[x] = one(x);
    }
    for (; x + lanes <= count; x += lanes) {
      hn::Stream(vector(x), d, out + x);
    }
  } else {
    for (; x + lanes <= count; x += lanes) {
      hn::StoreU(vector(x), d, out + x);
    }
  }
  for (; x < count; ++x) {
    out[x] = one(x);
  }
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
