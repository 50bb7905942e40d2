// Transposed convolution: every input value adds its multiple of the kernel to the output.
//
//   out[n, (c div C/G)·K/G + o, y·sh - ph + i·dh, x·sw - pw + j·dw]
//       += input[n, c, y, x]·weight[c, o, i, j]
//
// if that place lies inside the output; then the bias is added. As torch.nn.ConvTranspose2d.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/conv/conv2d.h"

namespace convscope::conv {

// input (N, C, H, W), weight (C, K/groups, kh, kw), bias (1, 1, 1, K) or empty -> (N, K, OH, OW).
// Sums in double precision, in the order of the terms of step_at() without its zeros, and rounds
// once. Asserts problems(spec, input.shape()).empty() and matching shapes.
Tensor conv_transpose2d_reference(const Tensor& input, const Tensor& weight, const Tensor& bias,
                                  const LayerSpec& spec);

// Like conv2d_into() and conv2d(): on the exact rung with run.algorithm kExact and for small
// layers, otherwise on the rung for transposed layers.
bool conv_transpose2d_into(std::span<float> out, const TensorView& input, const TensorView& weight,
                           const TensorView& bias, const LayerSpec& spec,
                           const RunOptions& run = {});
Tensor conv_transpose2d(const Tensor& input, const Tensor& weight, const Tensor& bias,
                        const LayerSpec& spec, const RunOptions& run = {});

// The rung that the functions above use; never kAuto. An empty `weight` stands for an ordinary
// kernel.
Algorithm conv_transpose2d_algorithm(const TensorView& weight, const LayerSpec& spec,
                                     const Shape& input, Algorithm wanted = Algorithm::kAuto);

// "Stamp and add": what one input value adds to the output. Random access, O(kernel · K/groups).
struct StampTerm {
  Index weight_at;   // (c, o, i, j)
  Index output_at;   // (n, k, y, x); may lie outside the output
  bool kept = true;  // false: cut off by the padding
  float weight = 0;
  double product = 0;
};
struct Stamp {
  std::int64_t position = 0;  // ((n·C + c)·H + y)·W + x
  Index input_at;
  float input = 0;
  std::vector<StampTerm> terms;  // order o, i, j
};
Stamp stamp_at(const Tensor& input, const Tensor& weight, const LayerSpec& spec,
               std::int64_t position);

// The output after the first `stamps` stamps (in the order of positions), without the bias: (N, K,
// OH, OW). For maps that are drawn cell by cell.
Tensor stamped(const Tensor& input, const Tensor& weight, const LayerSpec& spec,
               std::int64_t stamps);

}  // namespace convscope::conv
