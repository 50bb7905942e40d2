// Gradients of sum(grad_out · layer(input, weight, bias)), for kConv (including flip) and
// kConvTranspose: on the exact rung (double precision sums, rounded once) with run.algorithm kExact
// and for small layers, otherwise on the requested or the fastest rung. With reflect, replicate and
// circular padding an input value gets the gradients of all its copies. All assert problems(spec,
// input).empty() and matching shapes; the `_into` functions return false if cancelled.
#pragma once

#include <span>

#include "core/conv/layer_spec.h"
#include "core/conv/run_options.h"
#include "core/tensor/tensor.h"
#include "core/tensor/tensor_view.h"

namespace convscope::conv {

// grad_out (N, K, OH, OW), weight -> the shape of the input. For kConv this is the transposed
// convolution of grad_out with the same weight.
bool gradient_of_input_into(std::span<float> out, const TensorView& grad_out,
                            const TensorView& weight, const LayerSpec& spec, const Shape& input,
                            const RunOptions& run = {});
Tensor gradient_of_input(const Tensor& grad_out, const Tensor& weight, const LayerSpec& spec,
                         const Shape& input, const RunOptions& run = {});

// The rung that the functions above use; never kAuto. An empty `weight` stands for an ordinary
// kernel.
Algorithm gradient_of_input_algorithm(const TensorView& weight, const LayerSpec& spec,
                                      const Shape& input, Algorithm wanted = Algorithm::kAuto);

// input (N, C, H, W), grad_out (N, K, OH, OW) -> the shape of the weight. For kConv this is the
// correlation of the input with grad_out.
bool gradient_of_weight_into(std::span<float> out, const TensorView& grad_out,
                             const TensorView& input, const LayerSpec& spec,
                             const RunOptions& run = {});
Tensor gradient_of_weight(const Tensor& grad_out, const Tensor& input, const LayerSpec& spec,
                          const RunOptions& run = {});

// The rung that the functions above use: kExact, kGemm or kWinograd.
Algorithm gradient_of_weight_algorithm(const LayerSpec& spec, const Shape& input,
                                       Algorithm wanted = Algorithm::kAuto);

// grad_out (N, K, OH, OW) -> (1, 1, 1, K): the sum of each map.
Tensor gradient_of_bias(const TensorView& grad_out);

}  // namespace convscope::conv
