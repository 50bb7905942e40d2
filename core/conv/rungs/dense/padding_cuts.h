// A layer with wide padding cut into parts, so that no row or column of the kernel passes over
// padding zeros: with a dilation of half the input's size these are most of the products.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// Along one axis the windows [begin, end), of which the taps [first, last) lie inside the input. If
// none does, one of them stands for all.
struct PaddingCut {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

// Every cut of the rows with every cut of the columns is a part. Empty where cutting doesn't pay.
struct PaddingCuts {
  std::vector<PaddingCut> rows;
  std::vector<PaddingCut> columns;
};
PaddingCuts padding_cuts(const Windows& windows);

// The products that remain.
std::int64_t products_of(const Windows& windows, const PaddingCuts& cuts);

// The windows of one part, and its weights; the output is `output`.
Correlation part_of(const Correlation& job, const PaddingCut& rows, const PaddingCut& columns,
                    float* output);

}  // namespace convscope::conv::rungs
