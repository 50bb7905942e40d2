// A layer's feature map together with what it was computed from: after an edit only the filters
// that changed, or the cells that read what changed in the input, are computed again, and the
// result is bit-identical to computing all of them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/conv/run_options.h"
#include "core/derive/map_survey.h"
#include "core/derive/version.h"
#include "core/tensor/shared.h"
#include "core/tensor/tensor.h"

namespace convscope::derive {

// What determines a map.
struct MapSource {
  conv::LayerSpec spec;  // fitted to the input
  conv::Algorithm wanted = conv::Algorithm::kAuto;
  Tensor input;  // (N, C, H, W)
  ValueRange input_range;
  Tensor weight;       // empty without weights
  Tensor bias;         // empty without bias
  VersionPtr version;  // of the input; may be null
};

struct MapOrigin;  // what is remembered of a map's source
class MapShelf;    // keeps memory for the next map

struct LayerMap {
  Tensor values;                             // (N, K, OH, OW); empty: not computed, or cancelled
  std::int64_t computed = 0;                 // how many of the N·K maps were computed, not reused
  std::optional<conv::Algorithm> algorithm;  // the rung; none for a layer without weights
  Shared<std::vector<MapSurvey>> surveys;    // of the N·K maps

  // Used by the next map.
  std::shared_ptr<const MapOrigin> origin;
  VersionPtr version;
  std::shared_ptr<MapShelf> shelf;
};

// How a map is to be computed, given the previous one.
struct MapPlan {
  enum class Way { kKeep, kPatch, kPart, kWhole };
  MapSource source;
  LayerMap before;
  std::optional<conv::Algorithm> algorithm;
  Way way = Way::kWhole;
  std::int64_t maps = 0;  // how many of the N·K maps have to be computed
  conv::Area area;        // which part of them
};

MapPlan plan_map(MapSource source, LayerMap before = {});

// Computes the planned map. Its `values` are empty if cancelled. Uses run.threads and run.progress.
// Once nobody holds the `values` of a map any more, a later map of the same layer reuses their
// memory and those contents that are still valid.
LayerMap layer_map(MapPlan plan, conv::RunOptions run = {});

}  // namespace convscope::derive
