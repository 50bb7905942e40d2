// What the fast rungs compute, described by strides, so that flipped kernels, transposed layers and
// gradients of the input are the same computation with other numbers:
//
//   out(n, k, y, x) = bias[k] + sum over c, i, j of
//       P(n, g·C + c, y·sh + i·dh - top, x·sw + j·dw - left) · weight(g, k, c, i, j)
//
// P is the input extended by `mode`. All counts are positive; strides of weights may be negative.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/conv/layer_spec.h"

namespace convscope::conv::rungs {

// The geometry of the windows.
struct Windows {
  std::int64_t batch = 1;     // N
  std::int64_t groups = 1;    // G
  std::int64_t channels = 1;  // C, input channels per group
  std::int64_t filters = 1;   // K, filters per group
  Size2 input;                // H, W
  Size2 output;               // OH, OW
  Size2 kernel;
  Size2 stride;
  Size2 dilation;
  std::int64_t top = 0;  // padding before the input; negative: the input is cropped
  std::int64_t left = 0;
  PaddingMode mode = PaddingMode::kZeros;

  std::int64_t inputs() const { return batch * groups * channels * input.h * input.w; }
  std::int64_t outputs() const { return batch * groups * filters * output.h * output.w; }
  std::int64_t weights() const { return groups * filters * taps(); }
  std::int64_t taps() const { return channels * kernel.h * kernel.w; }
  std::int64_t products() const { return outputs() * taps(); }
  // The floats of input, weight and output; the limit on scratch memory depends on it.
  std::int64_t operand_floats() const { return inputs() + weights() + outputs(); }
  // Whether every window is the cell of the input at its own position.
  bool is_pointwise() const {
    return kernel == Size2{1, 1} && stride == Size2{1, 1} && input == output && top == 0 &&
           left == 0;
  }
};

// The most floats of scratch memory that a rung may use: four times its operands plus 128 KB.
inline std::int64_t most_scratch(const Windows& windows) {
  return 4 * windows.operand_floats() + (std::int64_t{1} << 15);
}

// Distances between neighbours, in floats.
struct WeightStrides {
  std::int64_t group = 0;
  std::int64_t filter = 0;
  std::int64_t channel = 0;
  std::int64_t row = 0;
  std::int64_t column = 0;

  // Whether the taps of neighbouring channels lie in one piece, in the order c, i, j.
  bool in_order(const Size2& kernel) const {
    return column == 1 && row == kernel.w && channel == kernel.h * row;
  }
  // Whether the taps of one kernel do, in that order or reversed.
  bool kernel_in_one_piece(const Size2& kernel) const {
    return (column == 1 || column == -1) && row == kernel.w * column;
  }
  // Where a kernel's lowest address is, from its tap (0, 0).
  std::int64_t lowest_tap(const Size2& kernel) const {
    return std::min<std::int64_t>(0, row) * (kernel.h - 1) +
           std::min<std::int64_t>(0, column) * (kernel.w - 1);
  }
};

struct Correlation {
  Windows windows;
  const float* input = nullptr;   // (N, G·C, H, W), row-major
  const float* weight = nullptr;  // at (g, k, c, i, j) = (0, 0, 0, 0, 0)
  WeightStrides weight_strides;
  const float* bias = nullptr;  // (G·K), or null
  float* output = nullptr;      // (N, G·K, OH, OW), row-major

  const float* weight_at(std::int64_t group, std::int64_t filter, std::int64_t channel) const {
    return weight + group * weight_strides.group + filter * weight_strides.filter +
           channel * weight_strides.channel;
  }
  // The weights fill their memory from here on, in some order.
  const float* weights_begin() const { return weight + weight_strides.lowest_tap(windows.kernel); }
};

// The transpose of a Correlation: its windows write where a Correlation's read (a transposed layer;
// the gradient of the input):
//
//   output(n, g·C + c, y, x) = bias[g·C + c] + sum over k, i, j and the windows (v, u) with
//       y = v·sh + i·dh - top and x = u·sw + j·dw - left of
//       values(n, g·K + k, v, u) · weight(g, k, c, i, j)
//
// Only PaddingMode::kZeros: what falls into the padding is dropped.
struct Transposed {
  Windows windows;                // of the convolution that this is the transpose of
  const float* values = nullptr;  // (N, G·K, OH, OW)
  const float* weight = nullptr;  // at (0, 0, 0, 0, 0)
  WeightStrides weight_strides;
  const float* bias = nullptr;  // (G·C), or null
  float* output = nullptr;      // (N, G·C, H, W)
};

// The gradient with respect to the weight of a Correlation:
//
//   gradient(g, k, c, i, j) = sum over n, y, x of
//       P(n, g·C + c, y·sh + i·dh - top, ...) · errors(n, g·K + k, y, x)
struct WeightGradient {
  Windows windows;
  const float* input = nullptr;   // (N, G·C, H, W)
  const float* errors = nullptr;  // (N, G·K, OH, OW)
  float* gradient = nullptr;      // at (0, 0, 0, 0, 0)
  WeightStrides strides;          // of the gradient
};

}  // namespace convscope::conv::rungs
