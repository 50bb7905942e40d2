// How the values of the input and of the map on stage are distributed, as a part of the inspector.
#pragma once

#include "app/panels/panels.h"
#include "core/derive/statistics.h"

namespace convscope::panels {

// What was told last, and of what: it is counted anew only when the numbers change.
struct MapStatistics {
  TensorName input;
  TensorName output;
  std::int64_t plane = 0;  // of the map, in storage order
  derive::Statistics of_input;
  derive::Statistics of_map;
};

// Histograms with min, max, mean, standard deviation and what the colours don't tell apart. A click
// on a map's extreme goes there.
void map_statistics(const PanelContext& context);

}  // namespace convscope::panels
