#include "core/conv/training/gradient_descent.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <span>
#include <utility>

#include "core/conv/rounding.h"
#include "core/conv/training/gradients.h"

namespace convscope::conv {

namespace {

Tensor tensor_of(const Shape& shape, const std::vector<double>& values) {
  std::vector<float> floats(values.size());
  std::transform(values.begin(), values.end(), floats.begin(), rounded);
  return Tensor(shape, std::move(floats));
}

// Updates `parameters`; `first` and `second` are the matching parts of the state.
void advance_sgd(std::span<double> parameters, std::span<double> velocities,
                 std::span<const float> gradients, const Optimizer& optimizer) {
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    velocities[i] = optimizer.momentum * velocities[i] + gradients[i];
    parameters[i] -= optimizer.lr * velocities[i];
  }
}

void advance_adam(std::span<double> parameters, std::span<double> first, std::span<double> second,
                  std::span<const float> gradients, const Optimizer& optimizer, std::int64_t step) {
  const double correct_first = 1 - std::pow(optimizer.beta1, static_cast<double>(step));
  const double correct_second = 1 - std::pow(optimizer.beta2, static_cast<double>(step));
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const double g = gradients[i];
    first[i] = optimizer.beta1 * first[i] + (1 - optimizer.beta1) * g;
    second[i] = optimizer.beta2 * second[i] + (1 - optimizer.beta2) * g * g;
    parameters[i] -= optimizer.lr * (first[i] / correct_first) /
                     (std::sqrt(second[i] / correct_second) + optimizer.eps);
  }
}

// Calls visit(i, error, d loss / d predicted[i]) and returns the loss: the mean squared error.
template <typename Visit>
double visit_errors(std::span<const float> predicted, std::span<const float> wanted, Visit visit) {
  const auto count = static_cast<double>(predicted.size());
  double squares = 0.0;
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    const double error = static_cast<double>(predicted[i]) - wanted[i];
    squares += error * error;
    visit(i, error, 2 * error / count);
  }
  return one_nan(squares / count);
}

}  // namespace

DescentState descent_start(const Tensor& weight, const Tensor& bias) {
  DescentState state;
  state.weight.assign(weight.values().begin(), weight.values().end());
  state.bias.assign(bias.values().begin(), bias.values().end());
  return state;
}

Tensor weight_of(const DescentState& state, const LayerSpec& spec) {
  return tensor_of(weight_shape(spec), state.weight);
}

Tensor bias_of(const DescentState& state) {
  return state.bias.empty()
             ? Tensor()
             : tensor_of({1, 1, 1, static_cast<std::int64_t>(state.bias.size())}, state.bias);
}

DescentStep descent_step(const DescentState& state, const Tensor& input, const Tensor& target,
                         const LayerSpec& spec) {
  assert(spec.op == Op::kConv && problems(spec, input.shape()).empty());
  DescentStep step;
  step.prediction = conv2d(input, weight_of(state, spec), bias_of(state), spec);
  measure_error(step, target);
  find_gradients(step, step.grad_out, state, input, spec);
  return step;
}

void measure_error(DescentStep& step, const Tensor& target) {
  assert(target.shape() == step.prediction.shape());
  const std::span<const float> predicted = step.prediction.values();
  std::vector<float> errors(predicted.size());
  std::vector<float> gradients(predicted.size());
  step.loss =
      visit_errors(predicted, target.values(), [&](std::size_t i, double error, double gradient) {
        errors[i] = rounded(error);
        gradients[i] = rounded(gradient);
      });
  step.error = Tensor(target.shape(), std::move(errors));
  step.grad_out = Tensor(target.shape(), std::move(gradients));
}

void find_gradients(DescentStep& step, const TensorView& grad_out, const DescentState& state,
                    const Tensor& input, const LayerSpec& spec) {
  std::vector<float> weight(state.weight.size());
  gradient_of_weight_into(weight, grad_out, input, spec);
  step.grad_weight = Tensor(weight_shape(spec), std::move(weight));
  step.grad_bias = state.bias.empty() ? Tensor() : gradient_of_bias(grad_out);
}

DescentStep training_step(const DescentState& state, const Tensor& input, const Tensor& target,
                          const LayerSpec& spec, std::span<float> map) {
  const Tensor weight = weight_of(state, spec);
  const Tensor bias = bias_of(state);
  conv2d_into(map, input, weight, bias, spec);
  DescentStep step;
  step.loss = visit_errors(map, target.values(), [&](std::size_t i, double, double gradient) {
    map[i] = rounded(gradient);
  });
  find_gradients(step, {target.shape(), map.data()}, state, input, spec);
  return step;
}

DescentState advanced(DescentState state, const DescentStep& step, const Optimizer& optimizer) {
  const std::size_t weights = state.weight.size();
  const bool adam = optimizer.kind == Optimizer::Kind::kAdam;
  state.first.resize(weights + state.bias.size());
  state.second.resize(adam ? state.first.size() : 0);
  ++state.step;
  const auto advance = [&](std::vector<double>& parameters, std::size_t begin,
                           const Tensor& gradients) {
    const auto part = [&](std::vector<double>& all) {
      return all.empty() ? std::span<double>() : std::span(all).subspan(begin, parameters.size());
    };
    if (adam) {
      advance_adam(parameters, part(state.first), part(state.second), gradients.values(), optimizer,
                   state.step);
    } else {
      advance_sgd(parameters, part(state.first), gradients.values(), optimizer);
    }
  };
  advance(state.weight, 0, step.grad_weight);
  advance(state.bias, weights, step.grad_bias);
  return state;
}

}  // namespace convscope::conv
