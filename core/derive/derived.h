// Derived: what follows from a scene. Computed once per change of the document, never per frame.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/conv2d.h"
#include "core/conv/training/gradient_descent.h"
#include "core/derive/layer_map.h"
#include "core/lesson/lesson.h"
#include "core/tensor/shared.h"

namespace convscope::derive {

struct LayerResult {
  conv::LayerSpec spec;  // fitted to the input
  conv::Pads pads;
  Tensor input;        // (N, C, H, W), edits applied
  Tensor weight;       // weight_shape(spec)
  Tensor bias;         // (1, 1, 1, K) or empty
  Shape output_shape;  // (N, K, OH, OW)
  Tensor output;       // the whole map; empty while it is being computed
  ValueRange input_range;
  ValueRange weight_range;
  ValueRange output_range;
  ValueRange
      output_colors;  // what the colours span: the range, or of a picture all but its outliers
  // The rung of the engine that computes the map; none for a layer without weights.
  std::optional<conv::Algorithm> algorithm;
  LayerMap map;      // `output`, and what the next one can take over from it
  Tensor unflipped;  // of a small true convolution: the map without the flip; else empty
  conv::AsConvolution equivalent;  // what the flat view shows; its input is empty while `input` is
};

// A copy shares all that is large.
struct Derived {
  lesson::TensorRef input;  // what the first layer's input was made of
  std::vector<LayerResult> layers;
  Shared<conv::DescentHistory> training;  // empty unless asked for
};

// The scene's tensors without any map of a layer: enough to show and step the first layer. Cheap
// when `before` (may be null) was derived from the same input. `wanted`: the rung that will be
// asked for.
Derived derive_operands(const Shared<lesson::Scene>& scene, const Derived* before = nullptr,
                        conv::Algorithm wanted = conv::Algorithm::kAuto);

// Everything; what has not changed since `before` is taken over from it, bit for bit what would be
// computed anew: the maps of filters, what follows from the input, the training. Returns
// derive_operands() when run.progress was cancelled.
// `with_training`: also the history of training_of(scene) (training.h), unless it has problems.
// The scene is one that update() or parse_lesson() let through: others assert. Throws nothing but
// std::bad_alloc; values beyond a float are infinity and NaN in the maps, not errors.
Derived derive(const Shared<lesson::Scene>& scene, const conv::RunOptions& run = {},
               Derived before = {}, bool with_training = false);

// Whether `derived` has the shapes of `scene`.
bool fits(const Derived& derived, const lesson::Scene& scene);

// Whether all maps are there.
bool has_maps(const Derived& derived);

// `operands` with the maps of `before`, where they have the shape, and with its training if that is
// wanted: what is shown, and gone on from, until theirs is computed.
Derived with_maps_of(Derived operands, const Derived& before, bool with_training);

// The operands of `newest` with the maps and the training of an older change of the same scene.
Derived with_older_maps(Derived newest, const Derived& older);

}  // namespace convscope::derive
