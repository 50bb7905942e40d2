// Convolution as deep-learning libraries define it (cross-correlation: the kernel is not flipped).
//
//   out[n, k, y, x] = bias[k] + sum over c, i, j of
//       P[n, g·C/G + c, y·sh + i·dh - top, x·sw + j·dw - left] · weight[k, c, i, j]
//
// P is the input extended by padding_mode, g = k div (K/G) the group of filter k. With spec.flip,
// weight[k, c, kh-1-i, kw-1-j] replaces weight[k, c, i, j]: true convolution.
#pragma once

#include <cstdint>
#include <span>

#include "core/conv/layer_spec.h"
#include "core/conv/run_options.h"
#include "core/tensor/tensor.h"
#include "core/tensor/tensor_view.h"

namespace convscope::conv {

// input (N, C, H, W), weight (K, C/groups, kh, kw), bias (1, 1, 1, K) or empty -> (N, K, OH, OW).
// Sums in double precision in the order c, i, j and rounds once: the readable oracle. Asserts
// problems(spec, input.shape()).empty() and matching shapes.
Tensor conv2d_reference(const Tensor& input, const Tensor& weight, const Tensor& bias,
                        const LayerSpec& spec);

// The same on the rung that `run` asks for, or the fastest (correlate.h). Bit-identical to the
// reference on kExact, which all small layers use; on the others within the error bounds in
// ENGINE.md. The result does not depend on the number of threads. `out` has output_shape(spec,
// input.shape).count() values and overlaps no operand. Returns false if cancelled; the contents of
// `out` are then unspecified.
bool conv2d_into(std::span<float> out, const TensorView& input, const TensorView& weight,
                 const TensorView& bias, const LayerSpec& spec, const RunOptions& run = {});

// The same as a new tensor; empty if cancelled.
Tensor conv2d(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
              const RunOptions& run = {});

// The rung that the functions above use; never kAuto. An empty `weight` stands for an ordinary
// kernel.
Algorithm conv2d_algorithm(const TensorView& weight, const LayerSpec& spec, const Shape& input,
                           Algorithm wanted = Algorithm::kAuto);

// Whether `count` neighbouring filters of one group, computed on one image as a layer of their own,
// give the same bits as within the whole layer, which is computed by `algorithm`.
bool filters_stand_alone(const TensorView& weight, const LayerSpec& spec, const Shape& input,
                         std::int64_t count, Algorithm algorithm);

}  // namespace convscope::conv
