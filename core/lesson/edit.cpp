#include "core/lesson/edit.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "core/conv/as_convolution.h"
#include "core/conv/forward.h"
#include "core/lesson/clock.h"
#include "core/lesson/history.h"
#include "core/lesson/limits.h"
#include "core/lesson/reshape.h"
#include "core/lesson/training.h"

namespace convscope {
namespace {

Scene& scene_on_stage(Session& session) {
  return session.lesson.scenes[static_cast<std::size_t>(session.scene)];
}

Layer& layer_on_stage(Session& session) {
  return scene_on_stage(session).layers[static_cast<std::size_t>(session.layer)];
}

void drop_lost_targets(Session& session) {
  for (std::optional<Target>* target : {&session.hover, &session.selection}) {
    if (*target && !names_a_cell(session, **target)) {
      target->reset();
    }
  }
}

// Lets `edit` change the session's document and keeps history, clock and selection in step.
template <typename Edit>
void change_document(Session& session, bool commit, const Edit& edit) {
  Lesson before = session.lesson;
  const Timeline timeline = timeline_of(session);
  edit();
  if (!same_document(before, session.lesson)) {
    record_change(session.history, std::move(before), session.lesson, commit);
    refit_clock(session, timeline);
    drop_lost_targets(session);
  } else if (commit) {
    close_drag(session.history, session.lesson);
  }
}

void write(TensorRef& ref, const Index& at, float value) {
  if (std::bit_cast<std::uint32_t>(ref.base.at(at)) == std::bit_cast<std::uint32_t>(value)) {
    ref.edits.erase(at);
  } else {
    ref.edits[at] = value;
  }
}

// The tensor whose cells can be typed into; later layers' input is computed.
TensorRef* editable(Session& session, TensorRole role) {
  switch (role) {
    case TensorRole::kInput:
      return session.layer == 0 ? &scene_on_stage(session).input : nullptr;
    case TensorRole::kWeight:
      return &layer_on_stage(session).weight;
    case TensorRole::kBias:
      return &layer_on_stage(session).bias;
    case TensorRole::kTarget: {
      std::optional<Training>& training = scene_on_stage(session).training;
      return training && !training->target.base.empty() ? &training->target : nullptr;
    }
    case TensorRole::kOutput:
    case TensorRole::kProduct:
    case TensorRole::kStretched:
    case TensorRole::kTurned:
      break;
  }
  return nullptr;
}

// What keeps the scene's layers from `first` on from running; spares the document an impossible
// change.
std::vector<Problem> chain_problems(const Scene& scene, std::int64_t first) {
  Shape shape = layer_input_shape(scene, first);
  for (std::size_t i = static_cast<std::size_t>(first); i < scene.layers.size(); ++i) {
    std::vector<Problem> found = layer_problems(scene.layers[i].spec, shape);
    if (!found.empty()) {
      const bool own = i == static_cast<std::size_t>(first);
      return own ? found
                 : std::vector<Problem>{{"next_layer_breaks",
                                         found.front().field,
                                         {{"layer", static_cast<std::int64_t>(i)}}}};
    }
    shape = output_shape(scene.layers[i].spec, shape);
  }
  return {};
}

// Every moment of a drag, and of typing a number, starts from the layer before it: what a smaller
// kernel cuts off comes back with a larger one.
const Layer& layer_before_drag(const Session& session) {
  const History& history = session.history;
  const Lesson& lesson =
      history.open && !history.past.empty() ? history.past.back() : session.lesson;
  return lesson.scenes[static_cast<std::size_t>(session.scene)]
      .layers[static_cast<std::size_t>(session.layer)];
}

// What was made for other shapes: starting weights, a drawn target, a claim.
void drop_misfits(Scene& scene) {
  const LayerSpec& spec = scene.layers.front().spec;
  const Shape output = layer_output_shape(scene, 0);
  if (scene.training) {
    if (spec.op != Op::kConv) {
      scene.training.reset();
    } else {
      if (scene.training->start.base.shape() != weight_shape(spec)) {
        scene.training->start = {};
      }
      if (scene.training->target.base.shape() != output) {
        scene.training->target = {};
      }
    }
  }
  if (scene.claim && scene.claim->map.base.shape() != output) {
    scene.claim.reset();
  }
}

void restore(Session& session, bool (*step)(History&, Lesson&)) {
  const Timeline timeline = timeline_of(session);
  if (step(session.history, session.lesson)) {
    session.draft.reset();
    refit_clock(session, timeline);
    drop_lost_targets(session);
  }
}

}  // namespace

std::optional<Target> own_target(const Session& session, const Target& target) {
  const LayerSpec& spec = layer_of(session).spec;
  Target own = target;
  if (target.tensor == TensorRole::kStretched) {
    const Shape input = layer_input_shape(scene_of(session), session.layer);
    const std::optional<Index> at = own_input_at(spec, input, target.at);
    if (!at) {
      return std::nullopt;
    }
    own = {TensorRole::kInput, *at, target.layer};
  } else if (target.tensor == TensorRole::kTurned) {
    own = {TensorRole::kWeight, own_weight_at(spec, target.at), target.layer};
  }
  return own;
}

bool names_a_cell(const Session& session, const Target& target) {
  const Scene& scene = scene_of(session);
  const auto layers = static_cast<std::int64_t>(scene.layers.size());
  if (target.layer < -1 || target.layer >= layers) {
    return false;
  }
  const std::int64_t index = target.layer < 0 ? session.layer : target.layer;
  const Layer& layer = scene.layers[static_cast<std::size_t>(index)];
  Shape shape = layer_input_shape(scene, index);
  const Index at = target.at;
  switch (target.tensor) {
    case TensorRole::kInput: {
      // The ring of a transposed convolution lies around its stretched input.
      const Pads pads =
          layer.spec.op == Op::kConvTranspose ? Pads{} : resolved_pads(layer.spec, shape);
      return at.n >= 0 && at.n < shape.n && at.c >= 0 && at.c < shape.c && at.y >= -pads.top &&
             at.y < shape.h + pads.bottom && at.x >= -pads.left && at.x < shape.w + pads.right;
    }
    case TensorRole::kWeight:
      return contains(layer.weight.base.shape(), at);
    case TensorRole::kProduct:
      return contains(has_weight(layer.spec.op)
                          ? layer.weight.base.shape()
                          : Shape{output_shape(layer.spec, shape).c, 1, layer.spec.kernel_size.h,
                                  layer.spec.kernel_size.w},
                      at);
    case TensorRole::kBias:
      return contains(layer.bias.base.shape(), at);
    case TensorRole::kOutput:
      return contains(output_shape(layer.spec, shape), at);
    case TensorRole::kTarget:
      return contains(layer_output_shape(scene, 0), at);
    case TensorRole::kStretched:
    case TensorRole::kTurned:
      break;
  }
  return false;
}

void set_value(Session& session, const action::SetValue& asked) {
  action::SetValue action = asked;
  action.target = own_target(session, asked.target).value_or(asked.target);
  TensorRef* ref = editable(session, action.target.tensor);
  if (ref == nullptr) {
    session.notice = Problem{"value_not_editable", "", {}};
  } else if (!contains(ref->base.shape(), action.target.at)) {
    session.notice = Problem{"value_outside", "", {}};
  } else if (!std::isfinite(action.value)) {
    session.notice = Problem{"value_not_finite", "", {}};
  } else {
    change_document(session, action.commit, [&] { write(*ref, action.target.at, action.value); });
  }
}

void set_filter(Session& session, const action::SetFilter& action) {
  TensorRef& weight = layer_on_stage(session).weight;
  const Shape shape = weight.base.shape();
  const std::int64_t plane = shape.h * shape.w;
  const auto given = static_cast<std::int64_t>(action.values.size());
  if (action.filter < 0 || action.filter >= shape.n) {
    session.notice = Problem{"value_outside", "weight", {}};
    return;
  }
  if (given != plane && given != shape.c * plane) {
    session.notice =
        Problem{"filter_size", "weight", {{"expected", shape.c * plane}, {"found", given}}};
    return;
  }
  for (const float value : action.values) {
    if (!std::isfinite(value)) {
      session.notice = Problem{"value_not_finite", "weight", {}};
      return;
    }
  }
  change_document(session, true, [&] {
    for (std::int64_t i = 0; i < shape.c * plane; ++i) {
      const Index at = {action.filter, i / plane, i % plane / shape.w, i % shape.w};
      write(weight, at, action.values[static_cast<std::size_t>(i % given)]);
    }
  });
}

void set_spec(Session& session, const action::SetSpec& action) {
  const LayerSpec spec = fitted(spec_for(layer_of(session).one_dimensional, action.spec),
                                layer_input_shape(scene_of(session), session.layer));
  Scene asked = scene_of(session);
  asked.layers[static_cast<std::size_t>(session.layer)].spec = spec;
  std::vector<Problem> found = chain_problems(asked, session.layer);
  if (!found.empty()) {
    session.draft = Draft{spec, std::move(found)};
    return;
  }
  session.draft.reset();
  change_document(session, action.commit, [&] {
    Layer layer = layer_before_drag(session);
    reshape_layer(layer, spec);
    layer_on_stage(session) = std::move(layer);
    drop_misfits(scene_on_stage(session));
  });
}

void set_relu(Session& session, const action::SetRelu& action) {
  const Scene& scene = scene_of(session);
  const auto after = static_cast<std::size_t>(session.layer) + 1;
  const bool there = after < scene.layers.size() && scene.layers[after].spec.op == Op::kRelu;
  if (there == action.relu) {
    return;
  }
  change_document(session, true, [&] {
    std::vector<Layer>& layers = scene_on_stage(session).layers;
    const auto place = layers.begin() + static_cast<std::ptrdiff_t>(after);
    if (there) {
      layers.erase(place);
    } else {
      Layer relu;
      relu.one_dimensional = layers.front().one_dimensional;
      relu.spec.op = Op::kRelu;
      relu.spec = fitted(relu.spec, layer_output_shape(scene, session.layer));
      layers.insert(place, std::move(relu));
    }
  });
}

void set_training(Session& session, const action::SetTraining& action) {
  const Optimizer& o = action.optimizer;
  for (const double number : {o.lr, o.momentum, o.beta1, o.beta2, o.eps}) {
    if (!std::isfinite(number)) {
      session.notice = Problem{"value_not_finite", "training", {}};
      return;
    }
  }
  Scene asked = scene_of(session);
  asked.training = training_of(asked);
  asked.training->optimizer = o;
  asked.training->steps = std::clamp<std::int64_t>(action.steps, 1, kMaxTrainingSteps);
  if (std::vector<Problem> found = training_problems(asked); !found.empty()) {
    session.notice = found.front();
    return;
  }
  change_document(session, action.commit,
                  [&] { scene_on_stage(session).training = asked.training; });
}

void set_start(Session& session, const action::SetStart& action) {
  if (std::vector<Problem> found = training_problems(scene_of(session)); !found.empty()) {
    session.notice = found.front();
    return;
  }
  change_document(session, true, [&] {
    Scene& scene = scene_on_stage(session);
    scene.training = training_of(scene);
    scene.training->start =
        random_start(scene.layers.front().spec, static_cast<std::uint64_t>(action.seed));
  });
}

void draw_target(Session& session, const action::DrawTarget& action) {
  if (std::vector<Problem> found = training_problems(scene_of(session)); !found.empty()) {
    session.notice = found.front();
    return;
  }
  change_document(session, true, [&] {
    Scene& scene = scene_on_stage(session);
    scene.training = training_of(scene);
    TensorRef& target = scene.training->target;
    if (!action.draw) {
      target = {};
    } else if (target.base.empty()) {
      const Layer& layer = scene.layers.front();
      target.base =
          forward(scene.input.tensor(), layer.weight.tensor(), layer.bias.tensor(), layer.spec);
    }
  });
}

void undo(Session& session) { restore(session, undo_change); }

void redo(Session& session) { restore(session, redo_change); }

void open_document(Session& session, Lesson lesson) {
  for (const Scene& scene : lesson.scenes) {
    if (scene.layers.empty() || scene.input.base.empty() || !chain_problems(scene, 0).empty()) {
      session.notice = Problem{"lesson_broken", "", {}};
      return;
    }
  }
  if (lesson.scenes.empty()) {
    session.notice = Problem{"lesson_broken", "", {}};
    return;
  }
  Session opened = open_session(std::move(lesson), session.theme, session.language);
  opened.speed = session.speed;
  opened.loop = session.loop;
  opened.granularity = session.granularity;
  session = std::move(opened);
}

}  // namespace convscope
