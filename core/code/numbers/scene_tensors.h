// All tensors of a scene with the names that a network's file gives them: "conv.weight".
#pragma once

#include <vector>

#include "core/code/numbers/number_format.h"
#include "core/code/plan.h"

namespace convscope::code {

// The input, then the weight, the bias and the output of every layer; `outputs` are the maps of the
// layers, as many as there are.
std::vector<NamedTensor> scene_tensors(const Plan& plan, const std::vector<Tensor>& outputs);

// One of a layer's tensors: the layer's own input, which has a name only if it is the scene's.
NamedTensor input_of_layer(const Plan& plan, std::size_t layer, const Tensor& values);
NamedTensor weight_of_layer(const PlannedLayer& layer);
// Of a layer without bias: nothing is added, so zeros.
NamedTensor bias_of_layer(const PlannedLayer& layer);
NamedTensor output_of_layer(const PlannedLayer& layer, const Tensor& values);

}  // namespace convscope::code
