#include "core/lesson/training.h"

#include <algorithm>
#include <cmath>

#include "core/conv/conv2d.h"
#include "core/conv/training/gradients.h"
#include "core/lesson/formula.h"

namespace convscope::lesson {
namespace {

constexpr std::int64_t kSteps = 200;
constexpr std::uint64_t kSeed = 1;
// Multiply-adds of all steps together: a few seconds on one core.
constexpr std::int64_t kMostWork = 4'000'000'000;

// Whether training takes at most kMostWork.
bool is_trainable(const Scene& scene, std::int64_t steps) {
  const conv::LayerSpec& spec = scene.layers.front().spec;
  // The forward pass and the weights' gradient: twice the layer's work per step.
  return spec.op == conv::Op::kConv &&
         conv::multiply_add_count(spec, scene.input.base.shape()) <= kMostWork / 2 / steps;
}

// Scales v to length 1 and returns its length before.
double normalize(std::vector<float>& v) {
  double squares = 0;
  for (const float value : v) {
    squares += static_cast<double>(value) * value;
  }
  const double length = std::sqrt(squares);
  for (float& value : v) {
    value = static_cast<float>(value / length);
  }
  return length;
}

// The largest eigenvalue of the loss's Hessian, by power iteration. The loss mean((A·w - t)²) has
// the Hessian 2·AᵀA/M, where A is the convolution, Aᵀ its gradient and M the number of outputs.
double steepest_curvature(const Scene& scene) {
  constexpr int kIterations = 12;
  conv::LayerSpec spec = scene.layers.front().spec;
  spec.bias = false;
  const Tensor input = scene.input.tensor();
  const Tensor first = random_start(spec, kSeed).base;
  std::vector<float> direction(first.values().begin(), first.values().end());
  normalize(direction);
  double curvature = 0;
  for (int i = 0; i < kIterations && std::isfinite(curvature); ++i) {
    const Tensor along(conv::weight_shape(spec), std::move(direction));
    const Tensor map = conv::conv2d(input, along, Tensor(), spec);
    const Tensor gradient = conv::gradient_of_weight(map, input, spec);
    direction.assign(gradient.values().begin(), gradient.values().end());
    curvature = 2 * normalize(direction) / static_cast<double>(map.shape().count());
  }
  return curvature;
}

// Gradient descent is stable below 2 / curvature, and further with momentum: 1 / curvature is safe.
// Rounded to one digit, to be easy to read.
double safe_rate(const Scene& scene) {
  constexpr double kFallback = 0.1;
  if (!is_trainable(scene, kSteps)) {
    return kFallback;
  }
  const double rate = 1 / steepest_curvature(scene);
  if (!(rate > 0) || !std::isfinite(rate)) {
    return kFallback;
  }
  const double exponent = std::floor(std::log10(rate));
  const double power = std::pow(10.0, std::abs(exponent));
  return exponent < 0 ? std::max(std::floor(rate * power), 1.0) / power
                      : std::max(std::floor(rate / power), 1.0) * power;
}

}  // namespace

TensorRef random_start(const conv::LayerSpec& spec, std::uint64_t seed) {
  TensorRef start;
  const RandomSpec random{
      .seed = seed, .distribution = Distribution::kUniform, .low = -1, .high = 1};
  start.source = SeededSource{random};
  start.base = random_tensor(conv::weight_shape(spec), random);
  return start;
}

conv::Optimizer usual_optimizer(const Scene& scene, conv::Optimizer::Kind kind) {
  conv::Optimizer optimizer;
  optimizer.kind = kind;
  if (kind == conv::Optimizer::Kind::kSgd) {
    optimizer.momentum = 0.9;
    optimizer.lr = safe_rate(scene);
  }
  return optimizer;
}

Training training_of(const Scene& scene) {
  const conv::LayerSpec& spec = scene.layers.front().spec;
  Training training;
  if (scene.training) {
    training = *scene.training;
  } else {
    training.steps = kSteps;
    training.optimizer = usual_optimizer(scene, conv::Optimizer::Kind::kSgd);
  }
  if (training.start.base.empty() && spec.op == conv::Op::kConv) {
    training.start = random_start(spec, kSeed);
  }
  return training;
}

std::int64_t training_steps(const Scene& scene) {
  return scene.training ? scene.training->steps : kSteps;
}

std::vector<Problem> training_problems(const Scene& scene) {
  const conv::LayerSpec& spec = scene.layers.front().spec;
  if (spec.op != conv::Op::kConv) {
    return {{"training_needs_conv", "", {}}};
  }
  const std::int64_t steps = training_steps(scene);
  if (!is_trainable(scene, steps)) {
    const std::int64_t work = conv::multiply_add_count(spec, scene.input.base.shape());
    return {{"training_too_large", "", {{"work", grouped_digits(work)}, {"steps", steps}}}};
  }
  return {};
}

std::vector<Problem> optimizer_problems(const conv::Optimizer& o) {
  for (const double number : {o.lr, o.momentum, o.beta1, o.beta2, o.eps}) {
    if (!std::isfinite(number)) {
      return {{"value_not_finite", "training", {}}};
    }
  }
  if (o.lr < 0) {
    return {{"learning_rate_negative", "lr", {}}};
  }
  const auto is_share = [](double number) { return number >= 0 && number < 1; };
  if (!is_share(o.momentum) || !is_share(o.beta1) || !is_share(o.beta2) || o.eps < 0) {
    return {{"momentum_range", "momentum", {}}};
  }
  return {};
}

}  // namespace convscope::lesson
