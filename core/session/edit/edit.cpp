#include "core/session/edit/edit.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <ranges>
#include <string_view>
#include <utility>
#include <variant>

#include "core/conv/forward.h"
#include "core/conv/operators/operator.h"
#include "core/lesson/build/input_fill.h"
#include "core/lesson/build/new_layer.h"
#include "core/lesson/build/reshape.h"
#include "core/lesson/limits.h"
#include "core/lesson/scene_tensors.h"
#include "core/lesson/training.h"
#include "core/lesson/views.h"
#include "core/session/clock_moves.h"
#include "core/session/edit/history.h"
#include "core/session/edit/scene_change.h"
#include "core/session/edit/stroke.h"
#include "core/session/scenes.h"
#include "core/session/targets.h"

namespace convscope::session {
namespace {

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

// The settings as the layer on stage takes them.
conv::LayerSpec spec_on_stage(const Session& session, const conv::LayerSpec& wanted) {
  return conv::fitted(lesson::spec_for(layer_of(session).one_dimensional, wanted),
                      lesson::layer_input_shape(scene_of(session), session.look.layer));
}

// The chain of layers with these settings on stage, and what it reads.
struct AskedChain {
  Shape input;
  std::vector<conv::LayerSpec> specs;
};

AskedChain chain_of(const Session& session, const conv::LayerSpec& wanted, Mend mend) {
  const auto at = static_cast<std::size_t>(session.look.layer);
  AskedChain chain{scene_of(session).input.base.shape(), specs_of(scene_of(session).layers)};
  chain.specs[at] = spec_on_stage(session, wanted);
  if (mend == Mend::kInput && wanted.in_channels > 0) {
    chain.input.c = wanted.in_channels;
    if (lesson::saturating_count(chain.input) > most_input_values(scene_of(session))) {
      chain.input = scene_of(session).input.base.shape();
    }
    lesson::follow_channels(chain.specs, chain.specs.size(), chain.input);
  } else if (mend == Mend::kLayers) {
    lesson::follow_channels(chain.specs, at + 1, chain.input);
  }
  return chain;
}

// A setting that the size of the output follows from.
struct SizeSetting {
  conv::Setting setting;
  void (*put_back)(conv::LayerSpec& spec, const conv::LayerSpec& good);
};
using Spec = conv::LayerSpec;
constexpr std::array kSizeSettings = {
    SizeSetting{conv::Setting::kKernelSize,
                [](Spec& spec, const Spec& good) { spec.kernel_size = good.kernel_size; }},
    SizeSetting{conv::Setting::kStride,
                [](Spec& spec, const Spec& good) { spec.stride = good.stride; }},
    SizeSetting{conv::Setting::kDilation,
                [](Spec& spec, const Spec& good) { spec.dilation = good.dilation; }},
    SizeSetting{conv::Setting::kPadding,
                [](Spec& spec, const Spec& good) {
                  spec.padding = good.padding;
                  spec.pads = good.pads;
                }},
    SizeSetting{conv::Setting::kOutputPadding,
                [](Spec& spec, const Spec& good) { spec.output_padding = good.output_padding; }},
    SizeSetting{conv::Setting::kCeilMode,
                [](Spec& spec, const Spec& good) { spec.ceil_mode = good.ceil_mode; }},
    SizeSetting{conv::Setting::kOutChannels,
                [](Spec& spec, const Spec& good) { spec.out_channels = good.out_channels; }},
};

// The change that a later layer can't stand: the one whose old value alone would do, else the
// first. Empty: none of these.
std::string_view unbearable_change(const Session& session, const conv::LayerSpec& wanted,
                                   Mend mend) {
  std::string_view first;
  for (const SizeSetting& each : kSizeSettings) {
    conv::LayerSpec trial = wanted;
    each.put_back(trial, layer_of(session).spec);
    if (trial == wanted) {
      continue;
    }
    const AskedChain chain = chain_of(session, trial, mend);
    if (chain_problems(chain.specs, chain.input, session.look.layer).empty()) {
      return conv::name_of(each.setting);
    }
    first = first.empty() ? conv::name_of(each.setting) : first;
  }
  return first;
}

// Another document, or a scene that had gone, comes back with the scene and the layer that it was
// left in; within the same scenes the place stays.
void restore(Session& session, bool (*step)(Document&, Snapshot&)) {
  const Timeline timeline = timeline_of(session);
  Snapshot snapshot = snapshot_of(session);
  if (!step(session.document, snapshot)) {
    return;
  }
  session.transient.draft.reset();
  const auto before = std::ssize(session.document.lesson->scenes);
  session.document.lesson = std::move(snapshot.lesson);
  session.document.original = std::move(snapshot.original);
  const auto scenes = std::ssize(session.document.lesson->scenes);
  if (session.document.number != snapshot.document || scenes != before) {
    session.document.number = snapshot.document;
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
    ref.edits.paint(*cells, action.value, ref.base);
  });
}

std::vector<Problem> spec_problems(const Session& session, const conv::LayerSpec& wanted,
                                   Mend mend) {
  const AskedChain chain = chain_of(session, wanted, mend);
  const conv::LayerSpec& spec = chain.specs[static_cast<std::size_t>(session.look.layer)];
  std::vector<Problem> found = chain_problems(chain.specs, chain.input, session.look.layer);
  if (!found.empty() && found.front().code == kNextLayerBreaks) {
    found.front().field = unbearable_change(session, spec, mend);  // not the later layer's own
  }
  if (found.empty() && layer_of(session).one_dimensional &&
      conv::operator_of(spec.op).word_1d.empty()) {
    found = {
        {"layer_needs_planes", "op", {{"op", std::string(conv::operator_of(spec.op).word_2d)}}}};
  }
  return found;
}

void set_spec(Session& session, const action::SetSpec& action) {
  if (std::vector<Problem> found = spec_problems(session, action.spec, action.mend);
      !found.empty()) {
    session.transient.draft = Draft{spec_on_stage(session, action.spec), std::move(found)};
    return;
  }
  session.transient.draft.reset();
  const AskedChain chain = chain_of(session, action.spec, action.mend);
  lesson::Scene before = scene_before_drag(session);
  lesson::Scene after = scene_of(session);
  after.training = std::move(before.training);
  after.reference_map = std::move(before.reference_map);
  after.colors =
      chain.input.c == before.input.base.shape().c ? before.colors : lesson::InputColors::kAuto;
  if (after.input.base.shape() != chain.input) {
    after.input = lesson::resized(before.input, chain.input);
  }
  for (std::size_t i = 0; i < after.layers.size(); ++i) {
    const bool on_stage = static_cast<std::int64_t>(i) == session.look.layer;
    if (on_stage || after.layers[i].spec != chain.specs[i]) {
      after.layers[i] = std::move(before.layers[i]);
      lesson::reshape_layer(after.layers[i], chain.specs[i]);
    }
  }
  if (!is_writable_scene(after)) {
    session.transient.notice = Problem{"lesson_not_finite", "weight", {}};
    return;
  }
  settle_scene(after);
  change_scene(session, action.commit, [&](lesson::Scene& scene) { scene = std::move(after); });
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
  if (action.all_layers && *action.all_layers != asked.training->all_layers) {
    asked.training->all_layers = *action.all_layers;
    asked.training->later_starts = {};
    asked.training->target = {};
  }
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
    lesson::start_randomly(scene, *scene.training, static_cast<std::uint64_t>(action.seed));
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
    Tensor map = scene.input.tensor();
    const std::vector<conv::LayerSpec> chain = lesson::trained_chain(scene, training.all_layers);
    for (std::size_t i = 0; i < chain.size(); ++i) {
      const lesson::Layer& layer = scene.layers[i];
      map = conv::forward(map, layer.weight.tensor(), layer.bias.tensor(), chain[i]);
    }
    training.target.base = map;
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
