#include "core/session/edit.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <ranges>
#include <utility>
#include <variant>

#include "core/conv/forward.h"
#include "core/conv/operators/operator.h"
#include "core/lesson/limits.h"
#include "core/lesson/reshape.h"
#include "core/lesson/scene_tensors.h"
#include "core/lesson/training.h"
#include "core/lesson/views.h"
#include "core/session/clock_moves.h"
#include "core/session/history.h"
#include "core/session/scene_edit.h"
#include "core/session/scenes.h"
#include "core/session/stroke.h"
#include "core/session/targets.h"

namespace convscope::session {
namespace {

void drop_lost_targets(Session& session) {
  for (std::optional<Target>* target :
       {&session.transient.hover, &session.transient.pin, &session.transient.selection}) {
    if (*target && !names_a_cell(session, **target)) {
      target->reset();
    }
  }
}

// A ReLU may be gone.
void keep_layer(Session& session) {
  const auto layers = static_cast<std::int64_t>(scene_of(session).layers.size());
  session.look.layer = std::min(session.look.layer, layers - 1);
}

// Lets `edit` change a copy of the scene on stage, makes a new version of the lesson of it, and
// keeps history, clock and selection in step.
template <typename Edit>
void change_scene(Session& session, bool commit, const Edit& edit) {
  lesson::Scene scene = scene_of(session);
  edit(scene);
  if (scene == scene_of(session)) {
    if (commit) {
      close_drag(session.document);
    }
    return;
  }
  Snapshot before = snapshot_of(session);
  const Timeline timeline = timeline_of(session);
  session.document.lesson.change([&](lesson::Lesson& lesson) {
    lesson.scenes[static_cast<std::size_t>(session.look.scene)] = std::move(scene);
  });
  record_change(session.document, std::move(before), commit);
  keep_layer(session);
  refit_clock(session, timeline);
  drop_lost_targets(session);
}

void write(lesson::TensorRef& ref, const Index& at, float value) {
  if (std::bit_cast<std::uint32_t>(ref.base.at(at)) == std::bit_cast<std::uint32_t>(value)) {
    ref.edits.erase(at);
  } else {
    ref.edits[at] = value;
  }
}

// Values in the lesson's own text are numbers of JSON, which has no infinity and no NaN; a file of
// arrays may hold them.
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

// The tensor that a target names, if its cells can be typed into; later layers' input is computed.
// `scene` may be const.
template <typename Scene>
auto editable(Scene& scene, const Session& session, const Target& target)
    -> decltype(&scene.input) {
  const std::optional<std::int64_t> index = layer_named(session, target);
  if (!index) {
    return nullptr;
  }
  auto& layer = scene.layers[static_cast<std::size_t>(*index)];
  switch (target.tensor) {
    case TensorRole::kInput:
      return *index == 0 ? &scene.input : nullptr;
    case TensorRole::kWeight:
      return &layer.weight;
    case TensorRole::kBias:
      return &layer.bias;
    case TensorRole::kTarget: {
      auto& training = scene.training;
      return training && !training->target.base.empty() ? &training->target : nullptr;
    }
    case TensorRole::kOutput:
    case TensorRole::kProduct:
    case TensorRole::kZeroInserted:
    case TensorRole::kFlipped:
      break;
  }
  return nullptr;
}

// Why a value can't be written there.
std::optional<Problem> value_problem(const Session& session, const Target& target, float value) {
  const lesson::TensorRef* ref = editable(scene_of(session), session, target);
  if (ref == nullptr) {
    return Problem{"value_not_editable", "", {}};
  }
  if (!contains(ref->base.shape(), target.at)) {
    return Problem{"value_outside", "", {}};
  }
  return std::isfinite(value) ? std::nullopt : std::optional(Problem{"value_not_finite", "", {}});
}

}  // namespace

std::vector<Problem> chain_problems(const lesson::Scene& scene, std::int64_t first) {
  Shape shape = lesson::layer_input_shape(scene, first);
  for (std::size_t i = static_cast<std::size_t>(first); i < scene.layers.size(); ++i) {
    std::vector<Problem> found = lesson::layer_problems(scene.layers[i].spec, shape);
    if (!found.empty()) {
      if (i != static_cast<std::size_t>(first)) {
        const std::int64_t number = static_cast<std::int64_t>(i) + 1;
        found = {Problem{"next_layer_breaks", found.front().field, {{"layer", number}}}};
      }
      return found;
    }
    shape = conv::output_shape(scene.layers[i].spec, shape);
  }
  return {};
}

namespace {

// While a number is dragged or typed, every change starts from the scene before the drag: what a
// smaller kernel cuts off comes back with a larger one.
lesson::Scene scene_before_drag(const Session& session) {
  const History& history = *session.document.history;
  const lesson::Lesson& lesson = history.open && !history.past.empty() ? *history.past.back().lesson
                                                                       : *session.document.lesson;
  return lesson.scenes[static_cast<std::size_t>(session.look.scene)];
}

// Layers without weights have as many channels as what they read.
void refit_layers(lesson::Scene& scene) {
  Shape shape = scene.input.base.shape();
  for (lesson::Layer& layer : scene.layers) {
    layer.spec = conv::fitted(layer.spec, shape);
    shape = conv::output_shape(layer.spec, shape);
  }
}

// Drops what was made for other shapes: starting weights, a drawn target, a reference map.
void drop_misfits(lesson::Scene& scene) {
  const conv::LayerSpec& spec = scene.layers.front().spec;
  const Shape output = lesson::layer_output_shape(scene, 0);
  if (scene.training) {
    if (spec.op != conv::Op::kConv) {
      scene.training.reset();
    } else {
      if (scene.training->start.base.shape() != conv::weight_shape(spec)) {
        scene.training->start = {};
      }
      if (scene.training->target.base.shape() != output) {
        scene.training->target = {};
      }
    }
  }
  if (scene.reference_map && scene.reference_map->map.base.shape() != output) {
    scene.reference_map.reset();
  }
}

}  // namespace

// Every function relies on it; parse_lesson() gives no other scenes.
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

void settle_scene(lesson::Scene& scene) {
  refit_layers(scene);
  drop_misfits(scene);
}

void edit_scene(Session& session, bool commit, const std::function<void(lesson::Scene&)>& edit) {
  change_scene(session, commit, edit);
}

namespace {

// Cell `i` of the (C/groups, kh, kw) that filter `k` holds, in the layer's weight.
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

// The settings as the layer on stage takes them.
conv::LayerSpec spec_on_stage(const Session& session, const conv::LayerSpec& wanted) {
  return conv::fitted(lesson::spec_for(layer_of(session).one_dimensional, wanted),
                      lesson::layer_input_shape(scene_of(session), session.look.layer));
}

// Another document comes back with the scene and the layer that it was left in; within one document
// the place stays.
void restore(Session& session, bool (*step)(Document&, Snapshot&)) {
  const Timeline timeline = timeline_of(session);
  Snapshot snapshot = snapshot_of(session);
  if (!step(session.document, snapshot)) {
    return;
  }
  session.transient.draft.reset();
  session.document.lesson = std::move(snapshot.lesson);
  if (session.document.number != snapshot.document) {
    session.document.number = snapshot.document;
    session.document.original = std::move(snapshot.original);
    show_scene(session, snapshot.scene);
    show_layer(session, snapshot.layer);
    return;
  }
  keep_layer(session);
  refit_clock(session, timeline);
  drop_lost_targets(session);
}

}  // namespace

void set_value(Session& session, const action::SetValue& asked) {
  action::SetValue action = asked;
  action.target = own_target(session, asked.target).value_or(asked.target);
  if (std::optional<Problem> refusal = value_problem(session, action.target, action.value)) {
    session.transient.notice = std::move(refusal);
    return;
  }
  change_scene(session, action.commit, [&](lesson::Scene& scene) {
    write(*editable(scene, session, action.target), action.target.at, action.value);
  });
}

void paint(Session& session, const action::Paint& action) {
  const Target target = own_target(session, action.target).value_or(action.target);
  if (std::optional<Problem> refusal = value_problem(session, target, action.value)) {
    session.transient.notice = std::move(refusal);
    return;
  }
  const Stroke stroke{target.at, action.to, action.size, action.all_channels};
  const std::optional<std::vector<Index>> cells =
      cells_of(stroke, editable(scene_of(session), session, target)->base.shape());
  if (!cells) {
    session.transient.notice = Problem{"stroke_too_large", "", {{"limit", kMostStroke}}};
    return;
  }
  change_scene(session, action.commit, [&](lesson::Scene& scene) {
    lesson::TensorRef& ref = *editable(scene, session, target);
    for (const Index& at : *cells) {
      write(ref, at, action.value);
    }
  });
}

void set_filter(Session& session, const action::SetFilter& action) {
  const conv::LayerSpec spec = layer_of(session).spec;
  if (!conv::has_weight(spec.op) || action.filter < 0 || action.filter >= spec.out_channels) {
    session.transient.notice = Problem{"value_outside", "weight", {}};
    return;
  }
  const std::int64_t plane = spec.kernel_size.h * spec.kernel_size.w;
  const std::int64_t count = spec.in_channels / spec.groups * plane;
  const auto given = static_cast<std::int64_t>(action.values.size());
  if (given != plane && given != count) {
    session.transient.notice =
        Problem{"filter_size", "weight", {{"expected", count}, {"found", given}}};
    return;
  }
  for (const float value : action.values) {
    if (!std::isfinite(value)) {
      session.transient.notice = Problem{"value_not_finite", "weight", {}};
      return;
    }
  }
  change_scene(session, true, [&](lesson::Scene& scene) {
    lesson::TensorRef& weight = scene.layers[static_cast<std::size_t>(session.look.layer)].weight;
    for (std::int64_t i = 0; i < count; ++i) {
      write(weight, filter_cell(spec, action.filter, i),
            action.values[static_cast<std::size_t>(i % given)]);
    }
  });
}

std::vector<Problem> spec_problems(const Session& session, const conv::LayerSpec& wanted) {
  const conv::LayerSpec spec = spec_on_stage(session, wanted);
  lesson::Scene asked = scene_of(session);
  asked.layers[static_cast<std::size_t>(session.look.layer)].spec = spec;
  std::vector<Problem> found = chain_problems(asked, session.look.layer);
  if (found.empty() && layer_of(session).one_dimensional &&
      conv::operator_of(spec.op).word_1d.empty()) {
    found = {
        {"layer_needs_planes", "op", {{"op", std::string(conv::operator_of(spec.op).word_2d)}}}};
  }
  return found;
}

void set_spec(Session& session, const action::SetSpec& action) {
  const conv::LayerSpec spec = spec_on_stage(session, action.spec);
  if (std::vector<Problem> found = spec_problems(session, spec); !found.empty()) {
    session.transient.draft = Draft{spec, std::move(found)};
    return;
  }
  session.transient.draft.reset();
  lesson::Scene before = scene_before_drag(session);
  lesson::Layer reshaped = before.layers[static_cast<std::size_t>(session.look.layer)];
  lesson::reshape_layer(reshaped, spec);
  if (!is_writable(reshaped.weight) || !is_writable(reshaped.bias)) {
    session.transient.notice = Problem{"lesson_not_finite", "weight", {}};
    return;
  }
  change_scene(session, action.commit, [&](lesson::Scene& scene) {
    scene.layers[static_cast<std::size_t>(session.look.layer)] = std::move(reshaped);
    scene.training = std::move(before.training);
    scene.reference_map = std::move(before.reference_map);
    settle_scene(scene);
  });
}

void set_relu(Session& session, const action::SetRelu& action) {
  const std::vector<lesson::Layer>& now = scene_of(session).layers;
  const auto after = static_cast<std::size_t>(session.look.layer) + 1;
  const bool there = after < now.size() && now[after].spec.op == conv::Op::kRelu;
  if (there == action.relu) {
    return;
  }
  change_scene(session, true, [&](lesson::Scene& scene) {
    std::vector<lesson::Layer>& layers = scene.layers;
    const auto place = layers.begin() + static_cast<std::ptrdiff_t>(after);
    if (there) {
      layers.erase(place);
    } else {
      lesson::Layer relu;
      relu.one_dimensional = layer_of(session).one_dimensional;
      relu.spec.op = conv::Op::kRelu;
      relu.spec = conv::fitted(relu.spec, lesson::layer_output_shape(scene, session.look.layer));
      layers.insert(place, std::move(relu));
    }
  });
}

void set_training(Session& session, const action::SetTraining& action) {
  if (std::vector<Problem> found = lesson::optimizer_problems(action.optimizer); !found.empty()) {
    session.transient.notice = found.front();
    return;
  }
  lesson::Scene asked = scene_of(session);
  asked.training = lesson::training_of(asked);
  asked.training->optimizer = action.optimizer;
  asked.training->steps = std::clamp<std::int64_t>(action.steps, 1, lesson::kMaxTrainingSteps);
  if (std::vector<Problem> found = lesson::training_problems(asked); !found.empty()) {
    session.transient.notice = found.front();
    return;
  }
  change_scene(session, action.commit,
               [&](lesson::Scene& scene) { scene.training = asked.training; });
}

void set_start(Session& session, const action::SetStart& action) {
  if (std::vector<Problem> found = lesson::training_problems(scene_of(session)); !found.empty()) {
    session.transient.notice = found.front();
    return;
  }
  change_scene(session, true, [&](lesson::Scene& scene) {
    scene.training = lesson::training_of(scene);
    scene.training->start =
        lesson::random_start(scene.layers.front().spec, static_cast<std::uint64_t>(action.seed));
  });
}

void draw_target(Session& session, const action::DrawTarget& action) {
  if (std::vector<Problem> found = lesson::training_problems(scene_of(session)); !found.empty()) {
    session.transient.notice = found.front();
    return;
  }
  lesson::Training training = lesson::training_of(scene_of(session));
  if (!action.draw) {
    training.target = {};
  } else if (training.target.base.empty()) {
    const lesson::Scene& scene = scene_of(session);
    const lesson::Layer& layer = scene.layers.front();
    training.target.base =
        conv::forward(scene.input.tensor(), layer.weight.tensor(), layer.bias.tensor(), layer.spec);
  }
  if (!is_writable(training.target)) {
    session.transient.notice = Problem{"target_not_finite", "", {}};
    return;
  }
  change_scene(session, true, [&](lesson::Scene& scene) { scene.training = std::move(training); });
}

void reset_scene(Session& session) {
  session.transient.draft.reset();
  if (!has_other_numbers(session)) {
    return;
  }
  change_scene(session, true, [&](lesson::Scene& scene) {
    scene = *session.document.original->scenes[static_cast<std::size_t>(session.look.scene)];
  });
}

// A refused setting was the last thing done, though not in the document: it is undone first.
void undo(Session& session) {
  if (session.transient.draft) {
    session.transient.draft.reset();
  } else {
    restore(session, undo_change);
  }
}

void redo(Session& session) { restore(session, redo_change); }

void open_document(Session& session, lesson::Lesson lesson) {
  if (lesson.scenes.empty() || !std::ranges::all_of(lesson.scenes, can_be_shown)) {
    session.transient.notice = Problem{"lesson_broken", "", {}};
    return;
  }
  if (!std::ranges::all_of(lesson.scenes, is_writable_scene)) {
    session.transient.notice = Problem{"lesson_not_finite", "", {}};
    return;
  }
  for (Shared<lesson::Scene>& scene : lesson.scenes) {
    scene.change(settle_scene);
  }
  session = own_session(std::move(session));
  Session opened = open_session(std::move(lesson), session.look.theme, session.look.language);
  opened.clock.speed = std::min(session.clock.speed, kMaxSpeed);
  opened.toggles = session.toggles;
  opened.clock.granularity = session.clock.granularity;
  opened.outcomes = std::move(session.outcomes);
  opened.document.number = session.document.number + 1;
  close_drag(session.document);
  opened.document.history = session.document.history;
  record_opening(opened.document, snapshot_of(session));
  session = std::move(opened);
}

}  // namespace convscope::session
