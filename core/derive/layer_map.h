// A layer's feature map together with what it was computed from: after an edit only the filters
// that changed are computed again, and the result is the same, bit for bit, as if all were.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/conv/run_options.h"
#include "core/conv/rungs/scratch.h"
#include "core/derive/map_survey.h"
#include "core/tensor/tensor.h"

namespace convscope::derive {

// What a map follows from.
struct MapSource {
  conv::LayerSpec spec;  // fitted to the input
  conv::Algorithm wanted = conv::Algorithm::kAuto;
  Tensor input;  // (N, C, H, W)
  ValueRange input_range;
  Tensor weight;  // empty without weights
  Tensor bias;    // empty without bias
};

// A map as it lies in memory, and what is known about it.
struct StoredMap {
  MapSource source;
  std::optional<conv::Algorithm>
      algorithm;                   // the rung that computed it; none for a layer without weights
  Shape shape;                     // (N, K, OH, OW)
  std::vector<MapSurvey> surveys;  // of the N·K maps
  std::shared_ptr<conv::rungs::Scratch> storage;  // null where the tensor brought its own
};

struct LayerMap {
  Tensor values;              // (N, K, OH, OW); empty: not computed, or cancelled
  std::int64_t computed = 0;  // of the N·K maps, how many were computed and not taken over
  StoredMap now;              // what `values` is
  // The map before it: as soon as nobody else looks at that one, the next map takes its memory,
  // and what still holds of its contents. So editing one weight again and again neither copies the
  // other filters' maps nor asks the system for memory, whose first touch costs as much as the
  // computation.
  StoredMap spare;
};

// How many of the N·K maps of `source` have to be computed after `before`.
std::int64_t maps_to_compute(const MapSource& source, const LayerMap& before);

// The map of `source`, with what can be taken over from `before`. Its `values` are empty when it
// was cancelled. Reads run.threads and run.progress.
LayerMap layer_map(const MapSource& source, LayerMap before = {}, conv::RunOptions run = {});

}  // namespace convscope::derive
