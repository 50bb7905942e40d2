#include "core/derive/derived.h"

#include <utility>

#include "core/derive/plan.h"
#include "core/lesson/scene_shapes.h"

namespace convscope::derive {

Derived derive_operands(const Shared<lesson::Scene>& scene, const Derived* before,
                        conv::Algorithm wanted) {
  Plan made = plan(scene, {.algorithm = wanted}, before != nullptr ? *before : Derived{});
  make_operands(made);
  return std::move(made.operands);
}

Derived derive(const Shared<lesson::Scene>& scene, const conv::RunOptions& run, Derived before,
               bool with_training) {
  return carry_out(plan(scene, run, std::move(before), with_training), run);
}

bool fits(const Derived& derived, const lesson::Scene& scene) {
  if (derived.layers.size() != scene.layers.size()) {
    return false;
  }
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    const LayerResult& result = derived.layers[i];
    const auto layer = static_cast<std::int64_t>(i);
    if (result.spec != scene.layers[i].spec ||
        result.input.shape() != lesson::layer_input_shape(scene, layer) ||
        result.output_shape != lesson::layer_output_shape(scene, layer)) {
      return false;
    }
  }
  return true;
}

bool has_maps(const Derived& derived) {
  return !derived.layers.empty() && !derived.layers.back().output.empty();
}

std::vector<Tensor> maps_of(const Derived& derived) {
  std::vector<Tensor> maps;
  for (const LayerResult& layer : derived.layers) {
    maps.push_back(layer.output);
  }
  return maps;
}

Derived with_input_of(Derived before, const Derived& other, const lesson::Scene& scene) {
  if (!other.input.values.empty() && other.input.source == scene.input) {
    before.input = other.input;
  }
  return before;
}

Derived with_maps_of(Derived operands, const Derived& before, bool with_training) {
  for (std::size_t i = 0; i < operands.layers.size() && i < before.layers.size(); ++i) {
    LayerResult& layer = operands.layers[i];
    const LayerResult& old = before.layers[i];
    if (layer.output.empty() && old.output.shape() == layer.output_shape) {
      layer.output = old.output;
      layer.output_range = old.output_range;
      layer.output_colors = old.output_colors;
      layer.map = old.map;
    }
  }
  if (with_training && operands.training->empty()) {
    operands.training = before.training;
  }
  return operands;
}

Derived with_older_maps(Derived newest, const Derived& older) {
  for (std::size_t i = 0; i < newest.layers.size() && i < older.layers.size(); ++i) {
    LayerResult& layer = newest.layers[i];
    const LayerResult& old = older.layers[i];
    layer.output = old.output;
    layer.output_range = old.output_range;
    layer.output_colors = old.output_colors;
    layer.map = old.map;
    if (i > 0) {
      layer.input = old.input;
      layer.input_range = old.input_range;
      layer.equivalent = old.equivalent;
    }
  }
  if (!older.training->empty()) {
    newest.training = older.training;
  }
  return newest;
}

}  // namespace convscope::derive
