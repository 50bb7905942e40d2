#include "tests/bench/workload_bench/naive.h"

#include <cmath>

namespace convscope::bench {

namespace {

void add(NaiveSum& sum, double a, double b) {
  sum.value += a * b;
  sum.size += std::abs(a * b);
}

}  // namespace

NaiveSum NaiveConvolution::at_small(const Index& at) const {
  NaiveSum sum;
  const std::int64_t group = at.c / (small.shape.c / spec.groups);
  for (std::int64_t c = 0; c < weight.shape.c; ++c) {
    for (std::int64_t i = 0; i < weight.shape.h; ++i) {
      for (std::int64_t j = 0; j < weight.shape.w; ++j) {
        const Index from = {at.n, group * weight.shape.c + c,
                            at.y * spec.stride.h + i * spec.dilation.h - spec.pads.top,
                            at.x * spec.stride.w + j * spec.dilation.w - spec.pads.left};
        if (contains(large.shape, from)) {
          add(sum, large.at(from), weight.at({at.c, c, i, j}));
        }
      }
    }
  }
  return sum;
}

NaiveSum NaiveConvolution::at_large(const Index& at) const {
  NaiveSum sum;
  const std::int64_t filters = small.shape.c / spec.groups;
  const std::int64_t first = at.c / weight.shape.c * filters;
  for (std::int64_t k = first; k < first + filters; ++k) {
    for (std::int64_t i = 0; i < weight.shape.h; ++i) {
      for (std::int64_t j = 0; j < weight.shape.w; ++j) {
        const std::int64_t y = at.y + spec.pads.top - i * spec.dilation.h;
        const std::int64_t x = at.x + spec.pads.left - j * spec.dilation.w;
        const Index from = {at.n, k, y / spec.stride.h, x / spec.stride.w};
        if (y % spec.stride.h == 0 && x % spec.stride.w == 0 && y >= 0 && x >= 0 &&
            contains(small.shape, from)) {
          add(sum, small.at(from), weight.at({k, at.c % weight.shape.c, i, j}));
        }
      }
    }
  }
  return sum;
}

NaiveSum NaiveConvolution::at_weight(const Index& at) const {
  NaiveSum sum;
  const std::int64_t group = at.n / (small.shape.c / spec.groups);
  for (std::int64_t n = 0; n < small.shape.n; ++n) {
    for (std::int64_t v = 0; v < small.shape.h; ++v) {
      for (std::int64_t u = 0; u < small.shape.w; ++u) {
        const Index from = {n, group * weight.shape.c + at.c,
                            v * spec.stride.h + at.y * spec.dilation.h - spec.pads.top,
                            u * spec.stride.w + at.x * spec.dilation.w - spec.pads.left};
        if (contains(large.shape, from)) {
          add(sum, large.at(from), small.at({n, at.n, v, u}));
        }
      }
    }
  }
  return sum;
}

}  // namespace convscope::bench
