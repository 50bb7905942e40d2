// What the colours of a feature map depend on, found map by map, so that after an edit of one
// filter only its map is looked at again.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/conv/run_options.h"
#include "core/tensor/tensor.h"

namespace convscope::derive {

// The finite values' extremes; low > high when there is none.
struct ValueRange {
  float low = 0;
  float high = 0;

  bool operator==(const ValueRange&) const = default;
};

// Of one map (n, k) of a tensor.
struct MapSurvey {
  ValueRange range;
  bool finite = true;          // whether all its values are
  std::vector<float> samples;  // evenly spread over all the maps of the tensor; none of a small one
};

// The survey of map `index` of `values` (N, K, OH, OW).
MapSurvey survey(const Tensor& values, std::int64_t index, const conv::RunOptions& run = {});
// Of all N·K maps.
std::vector<MapSurvey> surveys_of(const Tensor& values, const conv::RunOptions& run = {});

ValueRange range_of(const Tensor& tensor);
ValueRange range_of(std::span<const MapSurvey> maps);

// The range that the colours span. If a few values of a large tensor are far out (edges between
// calm areas), colours up to them would leave all others grey: then the range ends at the 99th
// percentile of the magnitudes. A tensor whose negative values are next to nothing beside the
// others is a picture itself (a blurred or sharpened photo): its range starts at 0. The sums are
// compared, not the counts, because an edge may be only a few cells.
ValueRange color_range(std::span<const MapSurvey> maps);

}  // namespace convscope::derive
