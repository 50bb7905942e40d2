#include "core/derive/one_layer.h"

#include <memory>
#include <span>
#include <utility>

#include "core/conv/forward.h"
#include "core/conv/rungs/all_finite.h"
#include "core/conv/rungs/scratch.h"
#include "core/derive/plan.h"

namespace convscope::derive {
namespace {

// A map in memory of its own.
struct LooseMap {
  Shape shape;
  conv::rungs::Scratch floats;

  std::span<float> values() const {
    return {floats.data(), static_cast<std::size_t>(shape.count())};
  }
  TensorView view() const { return {shape, floats.data()}; }
};

// Computes a layer whose map nobody shows; false if cancelled. A ReLU takes the place of its input.
bool pass_through(LayerResult& layer, const TensorView& input, LooseMap& map,
                  const conv::RunOptions& run) {
  if (layer.spec.op == conv::Op::kRelu && map.floats.data() == input.data) {
    return conv::forward_into(map.values(), input, {}, {}, layer.spec, run);
  }
  LooseMap next = {layer.output_shape, conv::rungs::Scratch(layer.output_shape.count())};
  if (!conv::forward_into(next.values(), input, layer.weight, layer.bias, layer.spec, run)) {
    return false;
  }
  if (layer.algorithm && !conv::rungs::all_finite(next.values())) {
    layer.algorithm = conv::Algorithm::kExact;  // to which the others leave such maps
  }
  map = std::move(next);
  return true;
}

}  // namespace

Derived derive_layer(const Shared<lesson::Scene>& scene, std::int64_t layer,
                     const conv::RunOptions& run) {
  Derived derived = derive_operands(scene, nullptr, run.algorithm);
  const Derived operands = derived;
  const auto last = static_cast<std::size_t>(layer);
  auto map = std::make_shared<LooseMap>();
  TensorView input = derived.layers.front().input;
  for (std::size_t i = 0; i < last; ++i) {
    if (!pass_through(derived.layers[i], input, *map, run)) {
      return operands;
    }
    input = map->view();
  }
  LayerResult& shown = derived.layers[last];
  if (last > 0) {
    shown.input = Tensor(map->shape, std::shared_ptr<const float[]>(map, map->floats.data()));
  }
  return show_layer(std::move(derived), last, run).value_or(operands);
}

}  // namespace convscope::derive
