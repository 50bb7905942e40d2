#include "core/derive/derived.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "core/conv/forward.h"
#include "core/lesson/training.h"
#include "core/lesson/views.h"
#include "core/session/session.h"

namespace convscope::derive {
namespace {

LayerResult operands_of(const lesson::Scene& scene, std::int64_t index, conv::Algorithm wanted) {
  const lesson::Layer& layer = scene.layers[static_cast<std::size_t>(index)];
  const Shape input = lesson::layer_input_shape(scene, index);
  LayerResult result;
  result.spec = conv::fitted(layer.spec, input);
  result.pads = conv::resolved_pads(layer.spec, input);
  result.weight = layer.weight.tensor();
  result.bias = layer.bias.tensor();
  result.output_shape = conv::output_shape(layer.spec, input);
  result.weight_range = range_of(result.weight);
  result.input_range = result.output_range = result.output_colors = range_of(Tensor());
  result.algorithm = conv::forward_algorithm(result.weight, result.spec, input, wanted);
  return result;
}

// A transposed convolution's stage has an input of its own, the stretched one, which only follows
// from the layer's.
void show_stage(LayerResult& layer, const LayerResult* before) {
  if (before != nullptr && before->spec == layer.spec && !layer.input.empty() &&
      before->input.shares_storage_with(layer.input)) {
    layer.equivalent = before->equivalent;
    layer.equivalent.weight = conv::equivalent_weight(layer.weight, layer.spec);
  } else {
    layer.equivalent = conv::as_convolution(layer.input, layer.weight, layer.spec);
  }
}

const LayerResult* layer_of(const Derived* derived, std::size_t index) {
  return derived != nullptr && index < derived->layers.size() ? &derived->layers[index] : nullptr;
}

// Computes the layer's map; false when cancelled.
bool compute_map(LayerResult& layer, LayerMap before, const conv::RunOptions& run) {
  layer.map = layer_map(
      {layer.spec, run.algorithm, layer.input, layer.input_range, layer.weight, layer.bias},
      std::move(before), run);
  if (layer.map.values.empty()) {
    return false;
  }
  layer.output = layer.map.values;
  layer.output_range = range_of(layer.map.now.surveys);
  layer.output_colors = color_range(layer.map.now.surveys);
  layer.algorithm = layer.map.now.algorithm;
  return true;
}

// What a true convolution gives without its turn; empty for other layers, and for maps so large
// that a comparison would have no room anyway.
Tensor unflipped_map(const LayerResult& layer, const conv::RunOptions& run) {
  constexpr std::int64_t kMostProducts = 100'000;
  if (!layer.spec.flip || layer.spec.op != conv::Op::kConv ||
      conv::work_count(layer.spec, layer.input.shape()) > kMostProducts) {
    return {};
  }
  conv::LayerSpec spec = layer.spec;
  spec.flip = false;
  return conv::forward(layer.input, layer.weight, layer.bias, spec, {.algorithm = run.algorithm});
}

// Whether two inputs have the same values: one's edits on the other's base.
bool same_input(const lesson::TensorRef& a, const lesson::TensorRef& b) {
  return a.base.shares_storage_with(b.base) && a.edits == b.edits;
}

// About 32 MB of training states.
constexpr std::int64_t kHistoryValues = std::int64_t{1} << 22;

bool same_run(const conv::DescentHistory& history, const LayerResult& layer,
              const lesson::Training& training, const conv::DescentState& start,
              const Tensor& target) {
  return !history.empty() && history.spec == layer.spec && identical(history.input, layer.input) &&
         identical(history.target, target) && history.optimizer == training.optimizer &&
         static_cast<std::int64_t>(history.losses.size()) == training.steps + 1 &&
         history.states.front().weight == start.weight && history.states.front().bias == start.bias;
}

void derive_training(const lesson::Scene& scene, conv::Progress* progress, const Derived* before,
                     Derived& derived) {
  if (!lesson::training_problems(scene).empty()) {
    return;
  }
  const LayerResult& layer = derived.layers.front();
  const lesson::Training training = lesson::training_of(scene);
  const Tensor bias =
      layer.spec.bias
          ? Tensor({1, 1, 1, layer.spec.out_channels},
                   std::vector<float>(static_cast<std::size_t>(layer.spec.out_channels)))
          : Tensor();
  const conv::DescentState start = conv::descent_start(training.start.tensor(), bias);
  const Tensor target = training.target.base.empty() ? layer.output : training.target.tensor();
  if (before != nullptr && same_run(before->training, layer, training, start, target)) {
    derived.training = before->training;
  } else {
    derived.training = conv::descend(start, layer.input, target, layer.spec, training.optimizer,
                                     training.steps, kHistoryValues, progress);
  }
}

// What the map of a layer costs, whose input is that of `before` (null: any input), in
// multiply-adds of a fast rung.
std::int64_t map_work(const lesson::Scene& scene, std::size_t index, const conv::RunOptions& run,
                      const LayerResult* before) {
  constexpr std::int64_t kPerValue = 8;  // to write it and to look at it
  constexpr std::int64_t kSlow = 8;      // on the exact rung, and where nothing is multiplied
  const lesson::Layer& layer = scene.layers[index];
  const Shape input = lesson::layer_input_shape(scene, static_cast<std::int64_t>(index));
  const Shape output = lesson::layer_output_shape(scene, static_cast<std::int64_t>(index));
  std::int64_t maps = output.n * output.c;
  if (before != nullptr) {
    const MapSource source = {
        conv::fitted(layer.spec, input), run.algorithm,      before->input, before->input_range,
        layer.weight.tensor(),           layer.bias.tensor()};
    maps = source.input.shape() == input ? maps_to_compute(source, before->map) : maps;
  }
  const auto algorithm = conv::forward_algorithm({}, layer.spec, input, run.algorithm);
  const std::int64_t price = !algorithm || algorithm == conv::Algorithm::kExact ? kSlow : 1;
  const std::int64_t per_map = conv::work_count(layer.spec, input) / (output.n * output.c);
  const std::int64_t each =
      std::min(per_map, std::numeric_limits<std::int64_t>::max() / kSlow / 2) * price +
      kPerValue * output.h * output.w;
  return maps > 0 && each > std::numeric_limits<std::int64_t>::max() / maps
             ? std::numeric_limits<std::int64_t>::max()
             : maps * each;
}

}  // namespace

Derived derive_operands(const lesson::Scene& scene, const Derived* before, conv::Algorithm wanted) {
  Derived derived;
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    derived.layers.push_back(operands_of(scene, static_cast<std::int64_t>(i), wanted));
  }
  if (!derived.layers.empty()) {
    LayerResult& first = derived.layers.front();
    const LayerResult* known = layer_of(before, 0);
    if (known != nullptr && same_input(before->input, scene.input) && !known->input.empty()) {
      first.input = known->input;
      first.input_range = known->input_range;
    } else {
      first.input = scene.input.tensor();
      first.input_range = range_of(first.input);
    }
    derived.input = scene.input;
    show_stage(first, known);
  }
  return derived;
}

Derived with_maps_of(Derived operands, Derived before, bool with_training) {
  for (std::size_t i = 0; i < operands.layers.size() && i < before.layers.size(); ++i) {
    LayerResult& layer = operands.layers[i];
    LayerResult& old = before.layers[i];
    if (layer.output.empty() && old.output.shape() == layer.output_shape) {
      layer.output = std::move(old.output);
      layer.output_range = old.output_range;
      layer.output_colors = old.output_colors;
      layer.map = std::move(old.map);
    }
  }
  if (with_training && operands.training.empty()) {
    operands.training = std::move(before.training);
  }
  return operands;
}

Derived derive(const lesson::Scene& scene, const conv::RunOptions& run, Derived before,
               bool with_training) {
  Derived derived = derive_operands(scene, &before, run.algorithm);
  for (std::size_t i = 0; i < derived.layers.size(); ++i) {
    LayerResult& layer = derived.layers[i];
    if (i > 0) {
      layer.input = derived.layers[i - 1].output;
      layer.input_range = derived.layers[i - 1].output_range;
      show_stage(layer, layer_of(&before, i));
    }
    LayerMap map = i < before.layers.size() ? std::move(before.layers[i].map) : LayerMap{};
    if (!compute_map(layer, std::move(map), run)) {
      return derive_operands(scene, &before, run.algorithm);
    }
    layer.unflipped = unflipped_map(layer, run);
  }
  if (with_training) {
    derive_training(scene, run.progress, &before, derived);
  }
  return derived;
}

bool wants_training(const session::Session& session) {
  return lesson::counts_steps(session.look.view);
}

std::int64_t operands_work(const lesson::Scene& scene, const Derived* before) {
  constexpr std::int64_t kPerValue = 8;  // to copy it and to look at it
  const bool known = layer_of(before, 0) != nullptr && same_input(before->input, scene.input);
  return known ? 0 : kPerValue * scene.input.base.shape().count();
}

std::int64_t work_of(const lesson::Scene& scene, const conv::RunOptions& run, const Derived* before,
                     bool with_training) {
  std::int64_t work = operands_work(scene, before);
  bool known = work == 0;  // whether the layer reads what it read before
  if (with_training && lesson::training_problems(scene).empty()) {
    constexpr std::int64_t kPerStep = 80'000;  // what a step costs apart from its products
    work += lesson::training_steps(scene) *
            (8 * conv::multiply_add_count(scene.layers.front().spec, scene.input.base.shape()) +
             kPerStep);
  }
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    const std::int64_t added = map_work(scene, i, run, known ? layer_of(before, i) : nullptr);
    known = known && added == 0;
    work = added > std::numeric_limits<std::int64_t>::max() - work
               ? std::numeric_limits<std::int64_t>::max()
               : work + added;
  }
  return work;
}

}  // namespace convscope::derive
