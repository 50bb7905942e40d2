// Derived: what is computed from a scene, once per change of the document, never per frame.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/conv2d.h"
#include "core/conv/training/descent_history.h"
#include "core/derive/input_map.h"
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
  ValueRange output_colors;  // range of the colour scale; for a picture without outliers
  // The engine's rung for the map; nullopt for a layer without weights.
  std::optional<conv::Algorithm> algorithm;
  LayerMap map;      // `output`, and what the next map can reuse of it
  Tensor unflipped;  // for a small true convolution: the map without the flip; else empty
  conv::AsConvolution equivalent;  // what the flat view shows; its input is empty while `input` is
};

// Copies share everything that is large.
struct Derived {
  InputMap input;  // of the first layer
  std::vector<LayerResult> layers;
  Shared<conv::DescentHistory> training;  // empty unless requested
};

// The scene's tensors without the maps of any layer: enough to show and step the first layer. Cheap
// if `before` (may be null) was derived from the same input. `wanted`: the rung that will be
// requested.
Derived derive_operands(const Shared<lesson::Scene>& scene, const Derived* before = nullptr,
                        conv::Algorithm wanted = conv::Algorithm::kAuto);

// Computes everything; results in `before` that are still valid are reused, bit-identical to
// computing them again: filters' maps, what depends on the input only, the training. Returns
// derive_operands() if run.progress was cancelled.
// `with_training`: also computes the history of training_of(scene) (training.h), unless it has
// problems.
// Asserts that update() or parse_lesson() would accept the scene. Throws only std::bad_alloc;
// values beyond a float's range are infinity or NaN in the maps, not errors.
Derived derive(const Shared<lesson::Scene>& scene, const conv::RunOptions& run = {},
               Derived before = {}, bool with_training = false);

// Whether `derived` has the shapes of `scene`.
bool fits(const Derived& derived, const lesson::Scene& scene);

// Whether all maps are computed.
bool has_maps(const Derived& derived);
// The maps of all layers; empty ones where they are not computed.
std::vector<Tensor> maps_of(const Derived& derived);

// `before` with the input of `other`, to share its memory, if `scene` has the same one.
Derived with_input_of(Derived before, const Derived& other, const lesson::Scene& scene);

// `operands` with the maps of `before` if they have the right shape, and with its training if
// requested: shown, and the basis for further work, until the new ones are computed.
Derived with_maps_of(Derived operands, const Derived& before, bool with_training);

// The operands of `newest` with the maps and the training of an older version of the same scene.
Derived with_older_maps(Derived newest, const Derived& older);

}  // namespace convscope::derive
