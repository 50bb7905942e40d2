// Statistics: how the values of a tensor are distributed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/derive/map_survey.h"
#include "core/tensor/tensor.h"

namespace convscope::derive {

struct Statistics {
  std::int64_t count = 0;   // of finite values looked at
  std::int64_t broken = 0;  // infinities and NaN
  std::int64_t beyond = 0;  // outside the range that colours tell apart
  bool sampled = false;     // of a large tensor only some values were looked at, for all but the
                            // extremes
  float low = 0;
  float high = 0;
  double mean = 0;
  double deviation = 0;            // the standard deviation of these values, not of a larger whole
  std::vector<std::int64_t> bins;  // equal parts of low..high
};

inline constexpr std::int64_t kHistogramBins = 40;

// Of the planes `first` .. `first + planes` of the N·C in storage order. `range`: their extremes,
// where they are known already.
Statistics statistics_of(const Tensor& tensor, std::int64_t first, std::int64_t planes,
                         const ValueRange& colors,
                         const std::optional<ValueRange>& range = std::nullopt);

// The first cell of a plane that holds its largest (or smallest) value; nothing where no value is a
// number.
std::optional<Index> extreme_cell(const Tensor& tensor, std::int64_t n, std::int64_t c,
                                  bool largest);

}  // namespace convscope::derive
