#include "core/derive/plan.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/conv/forward.h"
#include "core/conv/forward_part.h"
#include "core/derive/map_shelf.h"
#include "core/lesson/scene_shapes.h"
#include "core/lesson/training.h"

namespace convscope::derive {
namespace {

// An input of which only so little has to be written is made while the plan is.
constexpr std::int64_t kAtOnce = 8'000'000;

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

std::int64_t saturating_sum(std::int64_t a, std::int64_t b) {
  return a > kMost - b ? kMost : a + b;
}

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

// The zero-inserted input of a transposed convolution depends on the layer's input alone.
void show_stage(LayerResult& layer, const LayerResult* before) {
  if (before != nullptr && before->spec == layer.spec && !layer.input.empty() &&
      before->input.shares_storage_with(layer.input)) {
    layer.equivalent = before->equivalent;
    layer.equivalent.weight = conv::equivalent_weight(layer.weight, layer.spec);
  } else {
    layer.equivalent = conv::as_convolution(layer.input, layer.weight, layer.spec);
  }
}

const LayerResult* layer_of(const Derived& derived, std::size_t index) {
  return index < derived.layers.size() ? &derived.layers[index] : nullptr;
}

// Computes the layer's map; false if cancelled.
bool compute_map(LayerResult& layer, MapPlan plan, const conv::RunOptions& run) {
  layer.map = layer_map(std::move(plan), run);
  if (layer.map.values.empty()) {
    return false;
  }
  layer.output = layer.map.values;
  layer.output_range = range_of(*layer.map.surveys);
  layer.output_colors = color_range(*layer.map.surveys);
  layer.algorithm = layer.map.algorithm;
  return true;
}

// The result of a true convolution without its flip; empty for other layers, and for maps too large
// to be shown in comparison.
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

// About 32 MB of training states.
constexpr std::int64_t kHistoryValues = std::int64_t{1} << 22;

bool same_run(const conv::DescentHistory& history, const std::vector<conv::LayerSpec>& chain,
              const Tensor& input, const lesson::Training& training, const conv::ChainState& start,
              const Tensor& target) {
  const auto same_start = [](const conv::DescentState& a, const conv::DescentState& b) {
    return a.weight == b.weight && a.bias == b.bias;
  };
  return !history.empty() && history.chain == chain && identical(history.input, input) &&
         identical(history.target, target) && history.optimizer == training.optimizer &&
         static_cast<std::int64_t>(history.losses.size()) == training.steps + 1 &&
         std::ranges::equal(history.states.front(), start, same_start);
}

void derive_training(const lesson::Scene& scene, conv::Progress* progress, const Derived& before,
                     Derived& derived) {
  if (!lesson::training_problems(scene).empty()) {
    return;
  }
  const lesson::Training training = lesson::training_of(scene);
  const std::vector<conv::LayerSpec> chain = lesson::trained_chain(scene, training.all_layers);
  const conv::ChainState start = lesson::first_state(scene, training);
  const Tensor& input = derived.layers.front().input;
  const Tensor target = training.target.base.empty() ? derived.layers[chain.size() - 1].output
                                                     : training.target.tensor();
  if (same_run(before.training, chain, input, training, start, target)) {
    derived.training = before.training;
  } else {
    derived.training = conv::descend(start, input, target, chain, training.optimizer,
                                     training.steps, kHistoryValues, progress);
  }
}

// What the map of layer `index` is computed from.
MapSource source_of(const Derived& derived, std::size_t index, conv::Algorithm wanted) {
  const LayerResult& layer = derived.layers[index];
  return {layer.spec,
          wanted,
          layer.input,
          layer.input_range,
          layer.weight,
          layer.bias,
          index == 0 ? derived.input.version : derived.layers[index - 1].map.version};
}

LayerMap map_of(const Derived& derived, std::size_t index) {
  const LayerResult* layer = layer_of(derived, index);
  return layer != nullptr ? layer->map : LayerMap{};
}

// The cost of computing `area` of `maps` of the N·K maps of a layer.
std::int64_t map_work(const lesson::Scene& scene, std::size_t index, conv::Algorithm wanted,
                      std::int64_t maps, const conv::Area& area) {
  constexpr std::int64_t kPerValue = 8;  // to write and survey it
  constexpr std::int64_t kSlow = 8;      // on the exact rung, and for layers that don't multiply
  const conv::LayerSpec& spec = scene.layers[index].spec;
  const Shape input = lesson::layer_input_shape(scene, static_cast<std::int64_t>(index));
  const Shape output = lesson::layer_output_shape(scene, static_cast<std::int64_t>(index));
  const auto algorithm = conv::forward_algorithm({}, spec, input, wanted);
  const std::int64_t price = !algorithm || algorithm == conv::Algorithm::kExact ? kSlow : 1;
  const std::int64_t per_cell =
      conv::work_count(spec, input) / std::max<std::int64_t>(1, output.count());
  const std::int64_t each =
      area.count() *
      (std::min(per_cell, kMost / output.h / output.w / kSlow / 2) * price + kPerValue);
  return maps > 0 && each > kMost / maps ? kMost : maps * each;
}

std::int64_t training_work(const lesson::Scene& scene) {
  constexpr std::int64_t kPerStep = 80'000;  // the cost of a step apart from its products
  std::int64_t work = 0;
  Shape shape = scene.input.base.shape();
  const bool all = scene.training && scene.training->all_layers;
  for (const conv::LayerSpec& spec : lesson::trained_chain(scene, all)) {
    work += kPerStep + (conv::has_weight(spec.op) ? 8 * conv::multiply_add_count(spec, shape) : 0);
    shape = conv::output_shape(spec, shape);
  }
  return lesson::training_steps(scene) * work;
}

// The map is not computed wholly if only a part of what it reads has changed, and there is memory
// with all the rest.
bool is_partial(const MapPlan& plan) {
  return plan.way == MapPlan::Way::kPart && plan.before.shelf &&
         plan.before.shelf->holds(plan.before.values.shape());
}

// Plans the maps whose inputs are known, and adds up their cost. A layer's input is known if every
// map before it is kept; if only a part of it changes, so does only a part of what follows.
void plan_maps(Plan& plan) {
  const lesson::Scene& scene = *plan.scene;
  bool known = !plan.operands.layers.front().input.empty();
  std::optional<conv::Area> changed;
  for (std::size_t i = 0; i < scene.layers.size(); ++i) {
    const LayerResult& layer = plan.operands.layers[i];
    const Shape& output = layer.output_shape;
    std::int64_t maps = output.n * output.c;
    conv::Area area = conv::whole(output);
    if (known) {
      MapSource source = source_of(plan.operands, i, plan.wanted);
      if (i > 0) {
        source.input = plan.before.layers[i - 1].output;
        source.input_range = plan.before.layers[i - 1].output_range;
        source.version = plan.before.layers[i - 1].map.version;
      }
      plan.maps.push_back(plan_map(std::move(source), map_of(plan.before, i)));
      const MapPlan& map = plan.maps.back();
      maps = map.maps;
      known = map.way == MapPlan::Way::kKeep;
      if (is_partial(map)) {
        changed = area = map.area;
      }
    } else if (changed) {
      const Shape input = lesson::layer_input_shape(scene, static_cast<std::int64_t>(i));
      const LayerMap before = map_of(plan.before, i);
      const auto part = conv::area_that_stands_alone(
          layer.weight, layer.spec, input, conv::area_that_reads(layer.spec, input, *changed),
          layer.algorithm);
      changed = before.shelf && before.shelf->holds(output) ? part : std::nullopt;
      area = changed.value_or(area);
    }
    plan.work = saturating_sum(plan.work, map_work(scene, i, plan.wanted, maps, area));
  }
}

// Gives the first layer its input, if that is there.
void show_input(Plan& plan) {
  if (!plan.operands.input.values.empty()) {
    LayerResult& first = plan.operands.layers.front();
    first.input = plan.operands.input.values;
    first.input_range = range_of(*plan.operands.input.surveys);
    show_stage(first, layer_of(plan.before, 0));
  }
}

}  // namespace

Plan plan(Shared<lesson::Scene> scene, const conv::RunOptions& run, Derived before,
          bool with_training) {
  constexpr std::int64_t kPerValue = 8;  // to copy and survey it
  Plan plan;
  plan.scene = std::move(scene);
  plan.wanted = run.algorithm;
  plan.with_training = with_training;
  plan.before = std::move(before);
  for (std::size_t i = 0; i < plan.scene->layers.size(); ++i) {
    plan.operands.layers.push_back(
        operands_of(*plan.scene, static_cast<std::int64_t>(i), run.algorithm));
  }
  if (plan.operands.layers.empty()) {
    return plan;
  }
  if (!plan.before.input.values.empty() && plan.before.input.source == plan.scene->input) {
    plan.operands.input = plan.before.input;
  } else {
    const std::int64_t writes = input_work(plan.scene->input, plan.before.input);
    plan.operands_work = kPerValue * writes;
    if (writes < plan.scene->input.base.shape().count() && plan.operands_work <= kAtOnce) {
      plan.operands.input = input_map(plan.scene->input, plan.before.input, run);
    }
  }
  show_input(plan);
  plan.work = plan.operands_work;
  if (with_training && lesson::training_problems(*plan.scene).empty()) {
    plan.work = saturating_sum(plan.work, training_work(*plan.scene));
  }
  plan_maps(plan);
  return plan;
}

void make_operands(Plan& plan) {
  if (plan.operands.layers.empty() || !plan.operands.layers.front().input.empty()) {
    return;
  }
  plan.operands.input = input_map(plan.scene->input, plan.before.input);
  show_input(plan);
}

Derived carry_out(Plan plan, const conv::RunOptions& run) {
  conv::RunOptions options = run;
  options.algorithm = plan.wanted;
  make_operands(plan);
  Derived derived = plan.operands;
  for (std::size_t i = 0; i < derived.layers.size(); ++i) {
    LayerResult& layer = derived.layers[i];
    if (i > 0) {
      layer.input = derived.layers[i - 1].output;
      layer.input_range = derived.layers[i - 1].output_range;
      show_stage(layer, layer_of(plan.before, i));
    }
    MapPlan map = i < plan.maps.size()
                      ? std::move(plan.maps[i])
                      : plan_map(source_of(derived, i, plan.wanted), map_of(plan.before, i));
    if (!compute_map(layer, std::move(map), options)) {
      return std::move(plan.operands);
    }
    layer.unflipped = unflipped_map(layer, options);
  }
  if (plan.with_training) {
    derive_training(*plan.scene, options.progress, plan.before, derived);
  }
  return derived;
}

std::optional<Derived> show_layer(Derived derived, std::size_t layer, const conv::RunOptions& run) {
  LayerResult& shown = derived.layers[layer];
  if (layer > 0) {
    shown.input_range = range_of(shown.input);
    show_stage(shown, nullptr);
  }
  if (!compute_map(shown, plan_map(source_of(derived, layer, run.algorithm), {}), run)) {
    return std::nullopt;
  }
  shown.unflipped = unflipped_map(shown, run);
  return derived;
}

}  // namespace convscope::derive
