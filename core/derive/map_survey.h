// The statistics behind a feature map's colour scale, kept per map, so that after an edit of one
// filter only its map is examined again.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/conv/area.h"
#include "core/conv/run_options.h"
#include "core/tensor/tensor.h"

namespace convscope::derive {

// The smallest and largest finite value; low > high if there is none.
struct ValueRange {
  float low = 0;
  float high = 0;

  bool operator==(const ValueRange&) const = default;
};

// Of some values: the extremes of the finite ones, and whether all are finite.
struct Extremes {
  ValueRange range;
  bool finite = true;
};

// For one map (n, k) of a tensor.
struct MapSurvey {
  ValueRange range;
  bool finite = true;            // whether all values are finite
  std::vector<Extremes> chunks;  // of equal parts of the map, one after another
  std::vector<float> samples;    // spread evenly over all maps of the tensor; empty for a small one
};

// The survey of map `index` of `values` (N, K, OH, OW).
MapSurvey survey(const Tensor& values, std::int64_t index, const conv::RunOptions& run = {});
// For all N·K maps.
std::vector<MapSurvey> surveys_of(const Tensor& values, const conv::RunOptions& run = {});

// The same for all N·K maps if only this area differs from the tensor that `before` is of.
std::vector<MapSurvey> surveys_after(const std::vector<MapSurvey>& before, const Tensor& values,
                                     const conv::Area& changed, const conv::RunOptions& run = {});

ValueRange range_of(const Tensor& tensor);
ValueRange range_of(std::span<const MapSurvey> maps);

// The range of the colour scale. If a few values of a large tensor are extreme (edges between
// smooth areas), a scale up to them would make all others grey: the range then ends at the 99th
// percentile of the magnitudes. A tensor whose negative values are negligible is treated as a
// picture (a blurred or sharpened photo): its range starts at 0. Sums are compared, not counts,
// because an edge may be only a few cells.
ValueRange color_range(std::span<const MapSurvey> maps);

}  // namespace convscope::derive
