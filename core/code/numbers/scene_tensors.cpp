#include "core/code/numbers/scene_tensors.h"

#include <utility>

namespace convscope::code {

NamedTensor input_of_layer(const Plan& plan, std::size_t layer, const Tensor& values) {
  return {layer == 0 ? plan.input_name : "x", dimensions(values.shape(), plan.one_dimensional),
          values};
}

NamedTensor weight_of_layer(const PlannedLayer& layer) {
  return {layer.name + ".weight", dimensions(layer.weight.shape(), layer.line()), layer.weight};
}

NamedTensor bias_of_layer(const PlannedLayer& layer) {
  const std::int64_t count = layer.spec.out_channels;
  const Shape shape = {1, 1, 1, count};
  return {layer.name + ".bias",
          {count},
          layer.bias.empty()
              ? Tensor(shape, std::vector<float>(static_cast<std::size_t>(count), 0.0F))
              : layer.bias};
}

NamedTensor output_of_layer(const PlannedLayer& layer, const Tensor& values) {
  return {layer.name + ".out", output_dimensions(layer), values};
}

std::vector<NamedTensor> scene_tensors(const Plan& plan, const std::vector<Tensor>& outputs) {
  std::vector<NamedTensor> tensors = {input_of_layer(plan, 0, plan.input)};
  for (std::size_t i = 0; i < plan.layers.size(); ++i) {
    const PlannedLayer& layer = plan.layers[i];
    if (!layer.weight.empty()) {
      tensors.push_back(weight_of_layer(layer));
    }
    if (!layer.bias.empty()) {
      tensors.push_back(bias_of_layer(layer));
    }
    if (i < outputs.size() && !outputs[i].empty()) {
      tensors.push_back(output_of_layer(layer, outputs[i]));
    }
  }
  return tensors;
}

}  // namespace convscope::code
