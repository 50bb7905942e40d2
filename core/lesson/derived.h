// Derived: what follows from a scene. Computed once per change of the document, never per frame.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/conv2d.h"
#include "core/lesson/lesson.h"

namespace convscope {

// The finite values' extremes; low > high when there is none.
struct ValueRange {
  float low = 0;
  float high = 0;

  bool operator==(const ValueRange&) const = default;
};

struct LayerResult {
  Conv2dSpec spec;
  Pads pads;
  Tensor input;        // (N, C, H, W), edits applied
  Tensor weight;       // (K, C/groups, kh, kw)
  Tensor bias;         // (1, 1, 1, K) or empty
  Shape output_shape;  // (N, K, OH, OW)
  Tensor output;       // the whole map; empty while it is being computed
  ValueRange input_range;
  ValueRange weight_range;
  ValueRange output_range;
  ValueRange
      output_colors;  // what the colours span: the range, or of a picture all but its outliers
};

struct Derived {
  std::vector<LayerResult> layers;
};

// The scene's tensors without any map of a layer: enough to show and step the first layer. Cheap
// when `before` (may be null) was derived from the same input.
Derived derive_operands(const Scene& scene, const Derived* before = nullptr);

// Everything. Returns derive_operands(scene) when `progress` (may be null) was cancelled.
Derived derive(const Scene& scene, Progress* progress = nullptr, const Derived* before = nullptr);

// Multiply-adds of all layers: what decides between now and a worker thread.
std::int64_t work_of(const Scene& scene);

}  // namespace convscope
