// Fits a layer's weight by gradient descent on the mean squared error.
//
//   torch.optim.SGD:   v <- momentum·v + g
//                      parameter <- parameter - lr·v
//
//   torch.optim.Adam:  m <- b1·m + (1-b1)·g,  v <- b2·v + (1-b2)·g²
//                      parameter <- parameter - lr·(m/(1-b1^t)) / (sqrt(v/(1-b2^t)) + eps)
//
// All state is double precision, so a step can be repeated from any state, and a history is a set
// of states.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/conv2d.h"
#include "core/conv/layer_spec.h"

namespace convscope::conv {

struct Optimizer {
  enum class Kind { kSgd, kAdam };
  Kind kind = Kind::kSgd;
  double lr = 0.05;
  double momentum = 0.0;  // kSgd
  double beta1 = 0.9;     // kAdam
  double beta2 = 0.999;
  double eps = 1e-8;

  bool operator==(const Optimizer&) const = default;
};

// The state of the training before step `step`.
struct DescentState {
  std::int64_t step = 0;
  std::vector<double> weight;  // in the order of weight_shape(spec)
  std::vector<double> bias;    // K, or none
  std::vector<double> first;   // SGD: velocities; Adam: m. Weights, then biases
  std::vector<double> second;  // Adam: v
};

// The results of one step: prediction, error and gradients for the state's parameters.
struct DescentStep {
  Tensor prediction;   // (N, K, OH, OW)
  Tensor error;        // prediction - target
  double loss = 0;     // mean of error²; may be infinite
  Tensor grad_out;     // dL/dprediction = 2·error / count
  Tensor grad_weight;  // weight_shape(spec)
  Tensor grad_bias;    // (1, 1, 1, K), or empty
};

DescentState descent_start(const Tensor& weight, const Tensor& bias);
// The parameters as tensors, rounded to float.
Tensor weight_of(const DescentState& state, const LayerSpec& spec);
Tensor bias_of(const DescentState& state);

// kConv only. Values beyond float's range become infinite or NaN, which is harmless.
DescentStep descent_step(const DescentState& state, const Tensor& input, const Tensor& target,
                         const LayerSpec& spec);
// The state after the step.
DescentState advanced(DescentState state, const DescentStep& step, const Optimizer& optimizer);

// A run of `steps` steps: the losses before each step and after the last (steps + 1), and the
// states at every `stride`-th step, including the first and the last, so that any step can be
// replayed from at most `stride` steps away.
struct DescentHistory {
  LayerSpec spec;
  Tensor input;
  Tensor target;
  Optimizer optimizer;
  std::vector<double> losses;
  std::int64_t stride = 1;
  std::vector<DescentState> states;

  bool empty() const { return states.empty(); }
};

// `most_values`: the approximate number of values in all saved states; sets the stride. Empty if
// cancelled.
DescentHistory descend(const DescentState& start, const Tensor& input, const Tensor& target,
                       const LayerSpec& spec, const Optimizer& optimizer, std::int64_t steps,
                       std::int64_t most_values, Progress* progress = nullptr);

// The state before step `step` (0 .. steps), by replaying from the nearest checkpoint.
DescentState state_at(const DescentHistory& history, std::int64_t step);

}  // namespace convscope::conv
