// The memory of a feature map: owned by its tensor, then by the shelf, then by the next map.
//
// So editing one weight repeatedly neither copies the other filters' maps nor allocates memory,
// whose page faults cost as much as the computation.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "core/conv/rungs/scratch.h"
#include "core/derive/layer_map.h"
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

 private:
  std::mutex mutex_;
  std::optional<MapMemory> memory_;
};

// A tensor in this memory, which returns to the shelf with the last copy of the tensor.
Tensor tensor_in(MapMemory memory, const std::shared_ptr<MapShelf>& shelf);

}  // namespace convscope::derive
