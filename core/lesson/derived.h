// Derived: what follows from a scene. Computed once per change of the document, never per frame.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/as_convolution.h"
#include "core/conv/conv2d.h"
#include "core/conv/gradient_descent.h"
#include "core/lesson/lesson.h"
#include "core/lesson/session.h"

namespace convscope {

// The finite values' extremes; low > high when there is none.
struct ValueRange {
  float low = 0;
  float high = 0;

  bool operator==(const ValueRange&) const = default;
};

struct LayerResult {
  LayerSpec spec;  // fitted to the input
  Pads pads;
  Tensor input;        // (N, C, H, W), edits applied
  Tensor weight;       // weight_shape(spec)
  Tensor bias;         // (1, 1, 1, K) or empty
  Shape output_shape;  // (N, K, OH, OW)
  Tensor output;       // the whole map; empty while it is being computed
  ValueRange input_range;
  ValueRange weight_range;
  ValueRange output_range;
  ValueRange
      output_colors;    // what the colours span: the range, or of a picture all but its outliers
  Tensor unturned;      // of a small true convolution: the map without the turn; else empty
  AsConvolution stage;  // what the flat view shows; its input is empty while `input` is
};

struct Derived {
  std::vector<LayerResult> layers;
  DescentHistory training;  // empty unless asked for
};

// The scene's tensors without any map of a layer: enough to show and step the first layer. Cheap
// when `before` (may be null) was derived from the same input.
Derived derive_operands(const Scene& scene, const Derived* before = nullptr);

// Everything. Returns derive_operands(scene) when `progress` (may be null) was cancelled.
// `with_training`: also the history of training_of(scene) (training.h), unless it has problems;
// taken from `before` when nothing that it depends on has changed.
Derived derive(const Scene& scene, Progress* progress = nullptr, const Derived* before = nullptr,
               bool with_training = false);

// Whether the session's views need the training.
bool wants_training(const Session& session);

// Cells that are read in all layers (and in the training): what decides between now and a worker
// thread.
std::int64_t work_of(const Scene& scene, bool with_training = false);

}  // namespace convscope
