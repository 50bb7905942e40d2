// The front door: any layer's feature map.
#pragma once

#include "core/conv/conv2d.h"

namespace convscope {

// The map of `spec.op` on input (N, C, H, W); `weight` and `bias` are empty where the layer has
// none. Asserts problems(spec, input.shape()).empty() and matching shapes. Empty when
// cancelled.
Tensor forward(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
               const RunOptions& run = {});

}  // namespace convscope
