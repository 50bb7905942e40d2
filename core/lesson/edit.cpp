#include "core/lesson/edit.h"

#include <bit>
#include <cmath>
#include <utility>

#include "core/lesson/clock.h"
#include "core/lesson/history.h"
#include "core/lesson/limits.h"
#include "core/lesson/reshape.h"

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
    case TensorRole::kOutput:
    case TensorRole::kProduct:
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

void restore(Session& session, bool (*step)(History&, Lesson&)) {
  const Timeline timeline = timeline_of(session);
  if (step(session.history, session.lesson)) {
    session.draft.reset();
    refit_clock(session, timeline);
    drop_lost_targets(session);
  }
}

}  // namespace

bool names_a_cell(const Session& session, const Target& target) {
  const Layer& layer = layer_of(session);
  Shape shape = layer_input_shape(scene_of(session), session.layer);
  Index at = target.at;
  switch (target.tensor) {
    case TensorRole::kInput: {
      const Pads pads = resolved_pads(layer.spec, shape);
      return at.n >= 0 && at.n < shape.n && at.c >= 0 && at.c < shape.c && at.y >= -pads.top &&
             at.y < shape.h + pads.bottom && at.x >= -pads.left && at.x < shape.w + pads.right;
    }
    case TensorRole::kWeight:
    case TensorRole::kProduct:
      return contains(layer.weight.base.shape(), at);
    case TensorRole::kBias:
      return contains(layer.bias.base.shape(), at);
    case TensorRole::kOutput:
      return contains(output_shape(layer.spec, shape), at);
  }
  return false;
}

void set_value(Session& session, const action::SetValue& action) {
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
  const Conv2dSpec spec = spec_for(layer_of(session).kind, action.spec);
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
