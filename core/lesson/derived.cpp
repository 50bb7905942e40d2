#include "core/lesson/derived.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/conv/forward.h"
#include "core/lesson/session.h"
#include "core/lesson/training.h"

namespace convscope {
namespace {

ValueRange range_of(const Tensor& tensor) {
  constexpr float kLargest = std::numeric_limits<float>::max();
  float low = kLargest;
  float high = -kLargest;
  bool any = false;
  for (const float value : tensor.values()) {
    const bool finite = value >= -kLargest && value <= kLargest;
    low = finite ? std::min(low, value) : low;
    high = finite ? std::max(high, value) : high;
    any |= finite;
  }
  return any ? ValueRange{low, high} : ValueRange{1, -1};
}

// Where a few values of a large map are far out (an edge in a picture of calm areas), colours that
// reach to them would leave all others grey: they reach to 99 % of the values' sizes instead. A map
// with hardly a negative value is a picture itself (a blur): it starts at 0.
ValueRange color_range(const Tensor& map, const ValueRange& range) {
  constexpr std::int64_t kPicture = 20'000;
  constexpr std::int64_t kSamples = 1 << 16;
  const std::int64_t count = map.shape().count();
  if (count < kPicture || range.low > range.high) {
    return range;
  }
  std::vector<float> sizes;
  std::size_t negative = 0;
  const std::int64_t stride = count / kSamples + 1;
  for (std::int64_t i = 0; i < count; i += stride) {
    const float value = map.values()[static_cast<std::size_t>(i)];
    if (std::isfinite(value)) {
      negative += value < 0 ? 1 : 0;
      sizes.push_back(std::abs(value));
    }
  }
  if (sizes.empty()) {
    return range;
  }
  const auto nth = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() * 99 / 100);
  std::nth_element(sizes.begin(), nth, sizes.end());
  if (*nth <= 0) {
    return range;
  }
  const bool picture = static_cast<double>(negative) < 0.05 * static_cast<double>(sizes.size());
  return {picture ? 0 : -*nth, *nth};
}

LayerResult operands_of(const Scene& scene, std::int64_t index) {
  const Layer& layer = scene.layers[static_cast<std::size_t>(index)];
  const Shape input = layer_input_shape(scene, index);
  LayerResult result;
  result.spec = fitted(layer.spec, input);
  result.pads = resolved_pads(layer.spec, input);
  result.weight = layer.weight.tensor();
  result.bias = layer.bias.tensor();
  result.output_shape = output_shape(layer.spec, input);
  result.weight_range = range_of(result.weight);
  result.input_range = result.output_range = result.output_colors = range_of({});
  return result;
}

void show_stage(LayerResult& layer) {
  layer.stage = as_convolution(layer.input, layer.weight, layer.spec);
}

// What a true convolution gives without its turn; empty for other layers, and for maps so large
// that a comparison would have no room anyway.
Tensor unturned_map(const LayerResult& layer) {
  constexpr std::int64_t kMostProducts = 100'000;
  if (!layer.spec.flip || layer.spec.op != Op::kConv ||
      work_count(layer.spec, layer.input.shape()) > kMostProducts) {
    return {};
  }
  LayerSpec spec = layer.spec;
  spec.flip = false;
  return forward(layer.input, layer.weight, layer.bias, spec);
}

// About 32 MB of training states.
constexpr std::int64_t kHistoryValues = std::int64_t{1} << 22;

bool same_run(const DescentHistory& history, const LayerResult& layer, const Training& training,
              const DescentState& start, const Tensor& target) {
  return !history.empty() && history.spec == layer.spec && identical(history.input, layer.input) &&
         identical(history.target, target) && history.optimizer == training.optimizer &&
         static_cast<std::int64_t>(history.losses.size()) == training.steps + 1 &&
         history.states.front().weight == start.weight && history.states.front().bias == start.bias;
}

void derive_training(const Scene& scene, Progress* progress, const Derived* before,
                     Derived& derived) {
  if (!training_problems(scene).empty()) {
    return;
  }
  const LayerResult& layer = derived.layers.front();
  const Training training = training_of(scene);
  const Tensor bias =
      layer.spec.bias
          ? Tensor({1, 1, 1, layer.spec.out_channels},
                   std::vector<float>(static_cast<std::size_t>(layer.spec.out_channels)))
          : Tensor();
  const DescentState start = descent_start(training.start.tensor(), bias);
  const Tensor target = training.target.base.empty() ? layer.output : training.target.tensor();
  if (before != nullptr && same_run(before->training, layer, training, start, target)) {
    derived.training = before->training;
  } else {
    derived.training = descend(start, layer.input, target, layer.spec, training.optimizer,
                               training.steps, kHistoryValues, progress);
  }
}

}  // namespace

Derived derive_operands(const Scene& scene, const Derived* before) {
  Derived derived;
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    derived.layers.push_back(operands_of(scene, static_cast<std::int64_t>(i)));
  }
  if (!derived.layers.empty()) {
    LayerResult& first = derived.layers.front();
    first.input = scene.input.tensor();
    const bool known = before != nullptr && !before->layers.empty() &&
                       before->layers.front().input.shares_storage_with(first.input);
    first.input_range = known ? before->layers.front().input_range : range_of(first.input);
    show_stage(first);
  }
  return derived;
}

Derived derive(const Scene& scene, Progress* progress, const Derived* before, bool with_training) {
  Derived derived = derive_operands(scene, before);
  for (std::size_t i = 0; i < derived.layers.size(); ++i) {
    LayerResult& layer = derived.layers[i];
    if (i > 0) {
      layer.input = derived.layers[i - 1].output;
      layer.input_range = derived.layers[i - 1].output_range;
      show_stage(layer);
    }
    layer.output =
        forward(layer.input, layer.weight, layer.bias, layer.spec, {.progress = progress});
    if (layer.output.empty()) {
      return derive_operands(scene, before);
    }
    layer.output_range = range_of(layer.output);
    layer.output_colors = color_range(layer.output, layer.output_range);
    layer.unturned = unturned_map(layer);
  }
  if (with_training) {
    derive_training(scene, progress, before, derived);
  }
  return derived;
}

bool wants_training(const Session& session) { return session.view == View::kDescent; }

std::int64_t work_of(const Scene& scene, bool with_training) {
  std::int64_t work = 0;
  if (with_training && training_problems(scene).empty()) {
    constexpr std::int64_t kPerStep = 20'000;  // what a step costs apart from its products
    work = training_steps(scene) *
           (2 * multiply_add_count(scene.layers.front().spec, scene.input.base.shape()) + kPerStep);
  }
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    const std::int64_t added =
        work_count(scene.layers[i].spec, layer_input_shape(scene, static_cast<std::int64_t>(i)));
    work = added > std::numeric_limits<std::int64_t>::max() - work
               ? std::numeric_limits<std::int64_t>::max()
               : work + added;
  }
  return work;
}

}  // namespace convscope
