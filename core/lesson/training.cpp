#include "core/lesson/training.h"

#include <algorithm>
#include <cmath>

#include "core/lesson/limits.h"

namespace convscope {
namespace {

constexpr std::int64_t kSteps = 200;
constexpr std::uint64_t kSeed = 1;
// Multiply-adds of all steps together: some seconds on one core.
constexpr std::int64_t kMostWork = 4'000'000'000;

// The loss mean((A·w - t)²) has the Hessian 2·AᵀA/M, whose largest eigenvalue is at most its trace;
// SGD converges below 2 / eigenvalue. The trace is the sum of squares of all cells under all
// windows, so 1 / trace is safe; one digit of it reads well.
double safe_rate(const Scene& scene) {
  const LayerSpec& spec = scene.layers.front().spec;
  const Tensor input = scene.input.tensor();
  double largest = 0;
  for (const float value : input.values()) {
    if (std::isfinite(value)) {
      largest = std::max(largest, std::abs(static_cast<double>(value)));
    }
  }
  double squares = 0;
  for (const float value : input.values()) {
    if (std::isfinite(value)) {
      squares += static_cast<double>(value) * value;
    }
  }
  const Shape weight = weight_shape(spec);
  const double mean = squares / static_cast<double>(input.shape().count());
  const double trace = 2 * mean * static_cast<double>(weight.c * weight.h * weight.w);
  if (!(largest > 0) || !(trace > 0) || !std::isfinite(trace)) {
    return 0.1;
  }
  const double rate = 1 / trace;
  const double digit = std::pow(10.0, std::floor(std::log10(rate)));
  return std::max(1.0, std::floor(rate / digit)) * digit;
}

}  // namespace

TensorRef random_start(const LayerSpec& spec, std::uint64_t seed) {
  TensorRef start;
  const RandomSpec random{
      .seed = seed, .distribution = Distribution::kUniform, .low = -1, .high = 1};
  start.source = SeededSource{random};
  start.base = random_tensor(weight_shape(spec), random);
  return start;
}

Training training_of(const Scene& scene) {
  const LayerSpec& spec = scene.layers.front().spec;
  Training training;
  if (scene.training) {
    training = *scene.training;
  } else {
    training.steps = kSteps;
    training.optimizer.momentum = 0.9;
    training.optimizer.lr = safe_rate(scene);
  }
  if (training.start.base.empty() && spec.op == Op::kConv) {
    training.start = random_start(spec, kSeed);
  }
  return training;
}

std::int64_t training_steps(const Scene& scene) {
  return scene.training ? scene.training->steps : kSteps;
}

std::vector<Problem> training_problems(const Scene& scene) {
  const LayerSpec& spec = scene.layers.front().spec;
  if (spec.op != Op::kConv) {
    return {{"training_needs_conv", "", {}}};
  }
  // Forward, and the weights' gradient: twice the layer's work a step.
  const std::int64_t work = multiply_add_count(spec, scene.input.base.shape());
  const std::int64_t steps = training_steps(scene);
  if (work > kMostWork / 2 / steps) {
    return {{"training_too_large", "", {{"work", work}, {"steps", steps}}}};
  }
  return {};
}

}  // namespace convscope
