// The memory of a feature map: owned by its tensor, then by the shelf, then by the next map.
//
// So editing one weight repeatedly neither copies the other filters' maps nor allocates memory,
// whose page faults cost as much as the computation.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "core/conv/run_options.h"
#include "core/conv/rungs/scratch.h"
#include "core/derive/layer_map.h"
#include "core/derive/version.h"
#include "core/tensor/tensor.h"

namespace convscope::derive {

// What is remembered of a map's source. Doesn't keep the input alive.
struct MapOrigin {
  conv::LayerSpec spec;
  conv::Algorithm wanted = conv::Algorithm::kAuto;
  TensorName input;
  Tensor weight;
  Tensor bias;
  std::optional<conv::Algorithm> algorithm;
  Shared<std::vector<MapSurvey>> surveys;
  VersionPtr input_version;
  VersionPtr version;   // of the map itself
  bool calm = false;    // far enough from overflow
  bool finite = false;  // whether all values are finite
};

// Memory, and the map that it contains.
struct MapMemory {
  Shape shape;
  conv::rungs::Scratch floats;
  std::shared_ptr<const MapOrigin> origin;
};

// Holds the memory of one map of a layer: the one released last. Thread-safe.
class MapShelf {
 public:
  void put(MapMemory memory);
  // Takes the memory if it has this shape; the shelf is then empty.
  std::optional<MapMemory> take(const Shape& shape);
  // Whether take() would give memory.
  bool holds(const Shape& shape) const;

 private:
  mutable std::mutex mutex_;
  std::optional<MapMemory> memory_;
};

// Memory for a map, from the shelf or new; it may contain an older map.
MapMemory memory_for(const Shape& shape, MapShelf& shelf);

// Memory with these values, which are those of `version`: of memory from the shelf only what
// differs is written.
MapMemory patched_memory(const Tensor& values, const VersionPtr& version, MapShelf& shelf,
                         const conv::RunOptions& run);

// A tensor in this memory, which returns to the shelf with the last copy of the tensor.
Tensor tensor_in(MapMemory memory, const std::shared_ptr<MapShelf>& shelf);

}  // namespace convscope::derive
