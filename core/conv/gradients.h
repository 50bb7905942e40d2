// Gradients of sum(grad_out · layer(input, weight, bias)), for kConv (flip included) and
// kConvTranspose. Double precision sums, rounded once. With reflect, replicate and circular padding
// an input value gets the gradients of all its copies. All assert problems(spec, input).empty() and
// matching shapes.
#pragma once

#include "core/conv/layer_spec.h"
#include "core/tensor/tensor.h"

namespace convscope {

// grad_out (N, K, OH, OW), weight -> the shape of the input. For kConv this is the transposed
// convolution of grad_out with the same weight.
Tensor gradient_of_input(const Tensor& grad_out, const Tensor& weight, const LayerSpec& spec,
                         const Shape& input);

// input (N, C, H, W), grad_out (N, K, OH, OW) -> the shape of the weight. For kConv this is the
// correlation of the input with grad_out.
Tensor gradient_of_weight(const Tensor& grad_out, const Tensor& input, const LayerSpec& spec);

// grad_out (N, K, OH, OW) -> (1, 1, 1, K): the sum of each map.
Tensor gradient_of_bias(const Tensor& grad_out);

}  // namespace convscope
