// A layer with wide padding cut into bands of rows, so that no row of the kernel passes over
// padding zeros: with a dilation of half the input's height these are half of the products.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// The windows of rows [begin, end), of which the kernel rows [first, last) lie inside the input. If
// none does, one of them stands for all.
struct PaddingCut {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

// One cut of everything where cutting doesn't pay.
std::vector<PaddingCut> padding_cuts(const Windows& windows);

// The products that remain.
std::int64_t products_of(const Windows& windows, const std::vector<PaddingCut>& cuts);

// The windows of one cut, and its part of the weights; the output is `output`.
Correlation part_of(const Correlation& job, const PaddingCut& cut, float* output);

}  // namespace convscope::conv::rungs
