#include "core/session/edit/scene_change.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <ranges>
#include <span>
#include <variant>

#include "core/conv/operators/operator.h"
#include "core/lesson/build/input_fill.h"
#include "core/lesson/build/new_layer.h"
#include "core/lesson/build/reshape.h"
#include "core/lesson/limits.h"
#include "core/lesson/scene_tensors.h"
#include "core/lesson/training.h"
#include "core/lesson/views.h"
#include "core/session/targets.h"

namespace convscope::session {

void drop_lost_targets(Session& session) {
  for (std::optional<Target>* target :
       {&session.transient.hover, &session.transient.pin, &session.transient.selection}) {
    if (*target && !names_a_cell(session, **target)) {
      target->reset();
    }
  }
}

void keep_layer(Session& session) {
  const auto layers = static_cast<std::int64_t>(scene_of(session).layers.size());
  session.look.layer = std::min(session.look.layer, layers - 1);
}

void write(lesson::TensorRef& ref, const Index& at, float value) {
  ref.edits.paint(std::span(&at, 1), value, ref.base);
}

bool is_writable(const lesson::TensorRef& ref) {
  const auto finite = [](float value) { return std::isfinite(value); };
  return (!std::holds_alternative<lesson::InlineSource>(ref.source) ||
          std::ranges::all_of(ref.base.values(), finite)) &&
         std::ranges::all_of(ref.edits | std::views::values, finite);
}

bool is_writable_scene(const lesson::Scene& scene) {
  bool writable = true;
  lesson::visit_tensors(
      scene, [&](const lesson::TensorRef& ref) { writable = writable && is_writable(ref); });
  return writable;
}

std::vector<conv::LayerSpec> specs_of(std::span<const lesson::Layer> layers) {
  std::vector<conv::LayerSpec> specs;
  for (const lesson::Layer& layer : layers) {
    specs.push_back(layer.spec);
  }
  return specs;
}

std::vector<Problem> chain_problems(std::span<const conv::LayerSpec> specs, const Shape& input,
                                    std::int64_t first) {
  Shape shape = input;
  std::int64_t kept = lesson::saturating_count(input);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    std::vector<Problem> found = lesson::layer_problems(specs[i], shape, kept);
    if (!found.empty()) {
      if (found.front().code != "scene_too_large" && static_cast<std::int64_t>(i) > first) {
        const std::int64_t number = static_cast<std::int64_t>(i) + 1;
        found = {Problem{kNextLayerBreaks, found.front().field, {{"layer", number}}}};
      }
      return found;
    }
    shape = conv::output_shape(specs[i], shape);
  }
  return {};
}

std::vector<Problem> chain_problems(const lesson::Scene& scene, std::int64_t first) {
  return chain_problems(specs_of(scene.layers), scene.input.base.shape(), first);
}

std::vector<conv::LayerSpec> specs_on_input(const lesson::Scene& scene, const Shape& shape,
                                            Mend mend) {
  std::vector<conv::LayerSpec> specs = specs_of(scene.layers);
  lesson::follow_channels(specs, mend == Mend::kLayers ? 0 : specs.size(), shape);
  return specs;
}

void put_input(lesson::Scene& scene, lesson::TensorRef input,
               std::span<const conv::LayerSpec> specs) {
  if (input.base.shape().c != scene.input.base.shape().c) {
    scene.colors = lesson::InputColors::kAuto;  // three channels of RGB, say, are no more
  }
  scene.input = std::move(input);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (scene.layers[i].spec != specs[i]) {
      lesson::reshape_layer(scene.layers[i], specs[i]);
    }
  }
  settle_scene(scene);
}

std::int64_t most_input_values(const lesson::Scene& scene) {
  const bool seeded = std::holds_alternative<lesson::SeededSource>(scene.input.source);
  return seeded ? lesson::kMaxTensorValues : lesson::kMostTypedValues;
}

lesson::Scene scene_before_drag(const Session& session) {
  const History& history = *session.document.history;
  const lesson::Lesson& lesson = history.open && !history.past.empty() ? *history.past.back().lesson
                                                                       : *session.document.lesson;
  return lesson.scenes[static_cast<std::size_t>(session.look.scene)];
}

void refit_layers(lesson::Scene& scene) {
  Shape shape = scene.input.base.shape();
  for (lesson::Layer& layer : scene.layers) {
    layer.spec = conv::fitted(layer.spec, shape);
    shape = conv::output_shape(layer.spec, shape);
  }
}

// The first layer is a convolution.
void drop_misfits(const lesson::Scene& scene, lesson::Training& training) {
  if (!conv::is_trainable(lesson::trained_chain(scene, training.all_layers))) {
    training.all_layers = false;
  }
  if (training.start.base.shape() != conv::weight_shape(scene.layers.front().spec)) {
    training.start = {};
  }
  if (training.start.base.empty() || !lesson::fit_later_starts(scene, training)) {
    training.later_starts = {};
  }
  if (training.target.base.shape() != lesson::target_shape(scene, training.all_layers)) {
    training.target = {};
  }
}

void drop_misfits(lesson::Scene& scene) {
  const conv::LayerSpec& spec = scene.layers.front().spec;
  const Shape output = lesson::layer_output_shape(scene, 0);
  if (spec.op != conv::Op::kConv) {
    scene.training.reset();
  } else if (scene.training) {
    drop_misfits(scene, *scene.training);
  }
  if (scene.reference_map && scene.reference_map->map.base.shape() != output) {
    scene.reference_map.reset();
  }
}

void settle_scene(lesson::Scene& scene) {
  refit_layers(scene);
  drop_misfits(scene);
}

bool can_be_shown(const lesson::Scene& scene) {
  if (scene.layers.empty() || scene.input.base.empty() || !chain_problems(scene, 0).empty()) {
    return false;
  }
  const bool weights_fit = std::ranges::all_of(scene.layers, [](const lesson::Layer& layer) {
    const bool bias = conv::has_weight(layer.spec.op) && layer.spec.bias;
    return layer.weight.base.shape() == conv::weight_shape(layer.spec) &&
           layer.bias.base.shape() == (bias ? Shape{1, 1, 1, layer.spec.out_channels} : Shape{});
  });
  lesson::Scene kept = scene;
  drop_misfits(kept);
  const bool maps_fit = kept.reference_map.has_value() == scene.reference_map.has_value() &&
                        kept.training.has_value() == scene.training.has_value();
  const bool views_fit = lesson::can_pair(scene.view, scene.second_view);
  return weights_fit && maps_fit && views_fit;
}

Index filter_cell(const conv::LayerSpec& spec, std::int64_t k, std::int64_t i) {
  const std::int64_t plane = spec.kernel_size.h * spec.kernel_size.w;
  const std::int64_t c = i / plane;
  const std::int64_t y = i % plane / spec.kernel_size.w;
  const std::int64_t x = i % spec.kernel_size.w;
  if (!conv::operator_of(spec.op).transposed()) {
    return {k, c, y, x};
  }
  const std::int64_t outputs = spec.out_channels / spec.groups;
  const std::int64_t inputs = spec.in_channels / spec.groups;
  return {k / outputs * inputs + c, k % outputs, y, x};
}

}  // namespace convscope::session
