#include "core/lesson/training.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/conv/conv2d.h"
#include "core/conv/training/gradients.h"
#include "core/lesson/formula.h"

namespace convscope::lesson {
namespace {

constexpr std::int64_t kSteps = 200;
constexpr std::uint64_t kSeed = 1;
// Multiply-adds of all steps together: a few seconds on one core.
constexpr std::int64_t kMostWork = 4'000'000'000;

bool trains_all(const Scene& scene) { return scene.training && scene.training->all_layers; }

// Multiply-adds of a forward pass; at most kMostWork.
std::int64_t pass_work(const Scene& scene, bool all_layers) {
  std::int64_t work = 0;
  Shape shape = scene.input.base.shape();
  for (const conv::LayerSpec& spec : trained_chain(scene, all_layers)) {
    if (conv::has_weight(spec.op)) {
      work += std::min(conv::multiply_add_count(spec, shape), kMostWork);
    }
    shape = conv::output_shape(spec, shape);
  }
  return std::min(work, kMostWork);
}

// Whether training takes at most kMostWork.
bool is_short(const Scene& scene, bool all_layers, std::int64_t steps) {
  // The forward pass and the gradients of the weights, and in a chain those of the maps.
  const std::int64_t passes = all_layers ? 3 : 2;
  return scene.layers.front().spec.op == conv::Op::kConv &&
         pass_work(scene, all_layers) <= kMostWork / passes / steps;
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

// Of one layer; a chain's loss has no one curvature.
// Gradient descent is stable below 2 / curvature, and further with momentum: 1 / curvature is safe.
// Rounded to one digit, to be easy to read.
double safe_rate(const Scene& scene) {
  constexpr double kFallback = 0.1;
  if (!is_short(scene, false, kSteps) || trains_all(scene)) {
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
  const bool whole =
      !training.start.base.empty() && (!training.all_layers || !training.later_starts.empty());
  if (spec.op == conv::Op::kConv && !whole) {
    Training random = training;
    start_randomly(scene, random, kSeed);
    if (training.start.base.empty()) {
      training.start = random.start;
    }
    if (training.later_starts.empty()) {
      training.later_starts = random.later_starts;
    }
  }
  return training;
}

std::vector<conv::LayerSpec> trained_chain(const Scene& scene, bool all_layers) {
  std::vector<conv::LayerSpec> chain;
  Shape shape = scene.input.base.shape();
  const std::size_t count = all_layers ? scene.layers.size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    chain.push_back(conv::fitted(scene.layers[i].spec, shape));
    shape = conv::output_shape(chain.back(), shape);
  }
  return chain;
}

conv::ChainState first_state(const Scene& scene, const Training& training) {
  conv::ChainState state;
  std::size_t later = 0;
  for (const conv::LayerSpec& spec : trained_chain(scene, training.all_layers)) {
    Tensor weight;
    Tensor bias;
    if (spec.op == conv::Op::kConv) {
      weight = state.empty() ? training.start.tensor() : training.later_starts[later++].tensor();
      if (spec.bias) {
        bias = Tensor({1, 1, 1, spec.out_channels},
                      std::vector<float>(static_cast<std::size_t>(spec.out_channels)));
      }
    }
    state.push_back(conv::descent_start(weight, bias));
  }
  return state;
}

bool fit_later_starts(const Scene& scene, const Training& training) {
  std::vector<Shape> wanted;
  for (const conv::LayerSpec& spec : trained_chain(scene, training.all_layers)) {
    if (spec.op == conv::Op::kConv) {
      wanted.push_back(conv::weight_shape(spec));
    }
  }
  if (training.later_starts.empty()) {
    return true;
  }
  return wanted.size() == training.later_starts.size() + 1 &&
         std::ranges::equal(training.later_starts, std::span(wanted).subspan(1),
                            [](const TensorRef& start, const Shape& shape) {
                              return start.base.shape() == shape;
                            });
}

void start_randomly(const Scene& scene, Training& training, std::uint64_t seed) {
  training.start = random_start(scene.layers.front().spec, seed);
  training.later_starts.clear();
  const std::vector<conv::LayerSpec> chain = trained_chain(scene, training.all_layers);
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (chain[i].op == conv::Op::kConv) {
      training.later_starts.push_back(
          random_start(chain[i], seed + training.later_starts.size() + 1));
    }
  }
}

std::int64_t training_steps(const Scene& scene) {
  return scene.training ? scene.training->steps : kSteps;
}

std::vector<Problem> training_problems(const Scene& scene) {
  const conv::LayerSpec& spec = scene.layers.front().spec;
  if (spec.op != conv::Op::kConv) {
    return {{"training_needs_conv", "", {}}};
  }
  const bool all = trains_all(scene);
  if (!conv::is_trainable(trained_chain(scene, all))) {
    return {{"training_chain", "", {}}};
  }
  const std::int64_t steps = training_steps(scene);
  if (!is_short(scene, all, steps)) {
    const std::int64_t work = pass_work(scene, all);
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
