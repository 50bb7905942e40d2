// Fits a layer's weight by gradient descent on the mean squared error.
//
//   torch.optim.SGD:   v <- momentum·v + g
//                      parameter <- parameter - lr·v
//
//   torch.optim.Adam:  m <- b1·m + (1-b1)·g,  v <- b2·v + (1-b2)·g²
//                      parameter <- parameter - lr·(m/(1-b1^t)) / (sqrt(v/(1-b2^t)) + eps)
//
// All state is double precision, so a step can be repeated from any state, and a history is a set
// of states (descent_history.h).
#pragma once

#include <cstdint>
#include <span>
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

// descent_step() without its maps: all that training needs. `map` is a reusable buffer for one of
// them, since allocating it would take longer than the computation.
DescentStep training_step(const DescentState& state, const Tensor& input, const Tensor& target,
                          const LayerSpec& spec, std::span<float> map);

// The parts of a step, for a layer within a chain (descent_history.h): the loss, the error and
// grad_out of its prediction; the gradients of the parameters from grad_out.
void measure_error(DescentStep& step, const Tensor& target);
void find_gradients(DescentStep& step, const TensorView& grad_out, const DescentState& state,
                    const Tensor& input, const LayerSpec& spec);

}  // namespace convscope::conv
