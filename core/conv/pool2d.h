// Layers without weights: pooling, ReLU, unfold. torch.nn.MaxPool2d, AvgPool2d, ReLU, Unfold.
#pragma once

#include "core/conv/layer_spec.h"
#include "core/conv/run_options.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// Max or average pool by spec.op: (N, C, H, W) -> (N, C, OH, OW). Padding is never a maximum; a NaN
// is. An average is the sum of the window's real cells, divided by divisor_override where given;
// else, with count_include_pad, by the window's cells in the padded input (what overhangs it by
// ceil_mode does not count); else by its cells in the input. Empty when
// cancelled.
Tensor pool2d(const Tensor& input, const LayerSpec& spec, const RunOptions& run = {});

// max(0, x), NaN stays NaN.
Tensor relu(const Tensor& input, const RunOptions& run = {});

// im2col: (N, C, H, W) -> (N, C·kh·kw, OH, OW), zeros outside; see output_shape().
Tensor unfold(const Tensor& input, const LayerSpec& spec, const RunOptions& run = {});

}  // namespace convscope::conv
