// The memory of a feature map: owned by its tensor, then by the shelf, then by the next map.
//
// So editing one weight again and again neither copies the other filters' maps nor asks the system
// for memory, whose first touch costs as much as the computation.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "core/conv/rungs/scratch.h"
#include "core/derive/layer_map.h"
#include "core/tensor/tensor.h"

namespace convscope::derive {

// What is remembered of a map's source. It keeps no input alive.
struct MapOrigin {
  conv::LayerSpec spec;
  conv::Algorithm wanted = conv::Algorithm::kAuto;
  TensorName input;
  Tensor weight;
  Tensor bias;
  std::optional<conv::Algorithm> algorithm;
  Shared<std::vector<MapSurvey>> surveys;
  bool calm = false;    // far enough from overflow
  bool finite = false;  // whether all values are
};

// Memory with the map that lies in it.
struct MapMemory {
  Shape shape;
  conv::rungs::Scratch floats;
  std::shared_ptr<const MapOrigin> origin;
};

// Holds the memory of one map of a layer: the one that was let go last. Any thread may ask.
class MapShelf {
 public:
  void put(MapMemory memory);
  // What lies here, if it has this shape; the shelf is empty then.
  std::optional<MapMemory> take(const Shape& shape);

 private:
  std::mutex mutex_;
  std::optional<MapMemory> memory_;
};

// A tensor of this memory, which goes to the shelf with the last copy of the tensor.
Tensor tensor_in(MapMemory memory, const std::shared_ptr<MapShelf>& shelf);

}  // namespace convscope::derive
