// Convolution as deep-learning libraries mean it (cross-correlation: the kernel is not flipped).
//
//   out[n, k, y, x] = bias[k] + sum over c, i, j of
//                     P[n, g·C/G + c, y·sh + i·dh - top, x·sw + j·dw - left] · weight[k, c, i, j]
//
// P is the input continued by padding_mode, g = k div (K/G) the group of filter k. With spec.flip
// weight[k, c, kh-1-i, kw-1-j] takes the place of weight[k, c, i, j]: true convolution.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/conv/layer_spec.h"
#include "core/tensor/tensor.h"

namespace convscope {

// Shared between a computation and whoever waits for it; all members may be used from any thread.
struct Progress {
  std::atomic<std::int64_t> done{0};
  std::atomic<std::int64_t> total{0};
  std::atomic<bool> cancel{false};
};

// input (N, C, H, W), weight (K, C/groups, kh, kw), bias (1, 1, 1, K) or empty -> (N, K, OH, OW).
// Sums in double precision in the order c, i, j and rounds once: the readable oracle.
// Asserts problems(spec, input.shape()).empty() and matching shapes.
Tensor conv2d_reference(const Tensor& input, const Tensor& weight, const Tensor& bias,
                        const LayerSpec& spec);

// The same numbers, bit for bit, computed a row at a time on all cores.
// Returns an empty tensor when `progress` (may be null) was cancelled.
Tensor conv2d(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
              Progress* progress = nullptr);

}  // namespace convscope
