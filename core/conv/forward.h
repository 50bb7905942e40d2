// Entry point: the feature map of any layer.
#pragma once

#include <optional>

#include "core/conv/conv2d.h"

namespace convscope::conv {

// The map of `spec.op` on input (N, C, H, W); `weight` and `bias` are empty if the layer has none.
// Asserts problems(spec, input.shape()).empty() and matching shapes. Empty if cancelled.
Tensor forward(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
               const RunOptions& run = {});

// The same by the readable reference implementation: the oracle.
Tensor reference_forward(const Tensor& input, const Tensor& weight, const Tensor& bias,
                         const LayerSpec& spec);

// forward() into `out`, which has output_shape(spec, input.shape).count() values. False if
// cancelled.
bool forward_into(std::span<float> out, const TensorView& input, const TensorView& weight,
                  const TensorView& bias, const LayerSpec& spec, const RunOptions& run = {});

// The rung that forward() uses; never kAuto. nullopt for a layer without weights, which has only
// one implementation.
std::optional<Algorithm> forward_algorithm(const TensorView& weight, const LayerSpec& spec,
                                           const Shape& input, Algorithm wanted = Algorithm::kAuto);

}  // namespace convscope::conv
