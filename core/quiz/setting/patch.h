// A window's cells, or a filter's weights: (C, kh, kw), in the form that formulas use.
#pragma once

#include <cstdint>
#include <vector>

#include "core/quiz/setting/setting.h"

namespace convscope::quiz {

struct Patch {
  std::int64_t channels = 1;
  std::int64_t rows = 1;
  std::int64_t columns = 1;
  std::vector<double> values;

  double at(std::int64_t c, std::int64_t i, std::int64_t j) const {
    return values[static_cast<std::size_t>((c * rows + i) * columns + j)];
  }
};

// The input under the window at the spot, including padding; only the spot's channel for a layer
// without weights.
Patch window_of(const Setting& setting);
// The weights of the spot's filter.
Patch filter_of(const Setting& setting);

double sum(const Patch& patch);
double sum_of_sizes(const Patch& patch);  // of the magnitudes
double sum_of_products(const Patch& a, const Patch& b);
Patch turned(const Patch& patch);  // every channel, by 180 degrees

// The weights (K, C, kh, kw) with those of one filter replaced.
Tensor with_filter(const Tensor& weight, std::int64_t filter, const Patch& patch);

}  // namespace convscope::quiz
