// Gradient descent on a chain of layers, convolutions and ReLUs, on the mean squared error of the
// last one's map. The gradient flows back from each layer to the one before:
//   convolution:  dL/dinput = gradient_of_input(dL/doutput, weight)
//   ReLU:         dL/dinput = dL/doutput where the input is positive, else 0
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/training/gradient_descent.h"

namespace convscope::conv {

// One state per layer of a chain; a ReLU's has no parameters.
using ChainState = std::vector<DescentState>;

struct ChainStep {
  double loss = 0;
  std::vector<Tensor> inputs;  // of each layer
  // Of each layer: its map as the prediction, dL/dmap as grad_out, the gradients of its parameters;
  // only the last one has an error and the loss.
  std::vector<DescentStep> layers;
};

// The layers are fitted (layer_spec.h); others than kConv and kRelu are not trained.
bool is_trainable(const std::vector<LayerSpec>& chain);
ChainStep chain_step(const ChainState& state, const Tensor& input, const Tensor& target,
                     const std::vector<LayerSpec>& chain);
ChainState advanced(ChainState state, const ChainStep& step, const Optimizer& optimizer);

// A run of `steps` steps: the losses before each step and after the last (steps + 1), and the
// states at every `stride`-th step, including the first and the last, so that any step can be
// replayed from at most `stride` steps away.
struct DescentHistory {
  std::vector<LayerSpec> chain;
  Tensor input;
  Tensor target;
  Optimizer optimizer;
  std::vector<double> losses;
  std::int64_t stride = 1;
  std::vector<ChainState> states;

  bool empty() const { return states.empty(); }
};

// `most_values`: the approximate number of values in all saved states; sets the stride. Empty if
// cancelled.
DescentHistory descend(const ChainState& start, const Tensor& input, const Tensor& target,
                       const std::vector<LayerSpec>& chain, const Optimizer& optimizer,
                       std::int64_t steps, std::int64_t most_values, Progress* progress = nullptr);

// The state before step `step` (0 .. steps), by replaying from the nearest checkpoint.
ChainState state_at(const DescentHistory& history, std::int64_t step);

}  // namespace convscope::conv
