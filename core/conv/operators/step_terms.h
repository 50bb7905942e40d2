// Helpers with which operators spell out their steps.
#pragma once

#include <cstdint>

#include "core/conv/analysis/step.h"
#include "core/conv/layer_spec.h"
#include "core/conv/window_axis.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

struct StepLayer {
  const Tensor& input;
  const Tensor& weight;
  const Tensor& bias;
  LayerSpec spec;  // fitted
  WindowAxes axes;
};

// The term of tap (i, j) in channel `channel` of the window; `weight_at` refers to the kernel as it
// lies on the equivalent input.
Term term_at(const StepLayer& layer, const Step& step, std::int64_t channel,
             const Index& weight_at);

// The sum of products and the bias: convolution, transposed or not.
void add_products(Step& step, const StepLayer& layer);

// All cells of the window in the channel of the value.
void add_window(Step& step, const StepLayer& layer);

// The single cell of `channel` under tap (i, j) of the window.
void add_cell(Step& step, const StepLayer& layer, std::int64_t channel, std::int64_t i,
              std::int64_t j);

// Completes a step without weights whose terms were combined to `combined`.
void finish(Step& step, Fold fold, double combined, double divisor = 1);

}  // namespace convscope::conv
