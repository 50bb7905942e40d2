#include "core/session/edit/build_layers.h"

#include <algorithm>
#include <utility>

#include "core/conv/operators/operator.h"
#include "core/lesson/build/new_layer.h"
#include "core/lesson/build/reshape.h"
#include "core/session/edit/scene_change.h"
#include "core/session/scenes.h"

namespace convscope::session {
namespace {

constexpr std::size_t kMostLayers = 64;

// Shows the layer at its beginning; its place in the clock is another one now.
void show(Session& session, std::int64_t layer) {
  if (layer != session.look.layer) {
    show_layer(session, layer);
  }
}

bool is_place(const Session& session, std::int64_t at, std::int64_t most) {
  return at >= 0 && at < std::ssize(scene_of(session).layers) + most;
}

bool refuse(Session& session, const char* code, const char* field) {
  session.transient.notice = Problem{code, field, {}};
  return false;
}

// torch.nn.Unfold has no form for signals.
bool may_stand(Session& session, conv::Op op) {
  return takes_operator(session, op) || refuse(session, "layer_not_here", "op");
}

}  // namespace

bool takes_operator(const Session& session, conv::Op op) {
  const conv::Operator& row = conv::operator_of(op);
  return !(layer_of(session).one_dimensional ? row.word_1d : row.word_2d).empty();
}

std::vector<Problem> followed_problems(const Session& session, const conv::LayerSpec& spec) {
  std::vector<conv::LayerSpec> specs = specs_of(scene_of(session).layers);
  const auto at = static_cast<std::size_t>(session.look.layer);
  specs[at] = spec;
  const Shape input = scene_of(session).input.base.shape();
  lesson::follow_channels(specs, at + 1, input);
  return chain_problems(specs, input, session.look.layer);
}

void replace_layers(Session& session, std::vector<lesson::Layer> layers, std::int64_t layer) {
  const Shape input = scene_of(session).input.base.shape();
  std::vector<conv::LayerSpec> specs = specs_of(layers);
  lesson::follow_channels(specs, 0, input);
  std::vector<Problem> found = chain_problems(specs, input, layer);
  if (!found.empty()) {
    session.transient.notice = std::move(found.front());
    return;
  }
  for (std::size_t i = 0; i < layers.size(); ++i) {
    if (layers[i].spec != specs[i]) {
      lesson::reshape_layer(layers[i], specs[i]);
    }
    if (!is_writable(layers[i].weight) || !is_writable(layers[i].bias)) {
      session.transient.notice = Problem{"lesson_not_finite", "weight", {}};
      return;
    }
  }
  session.transient.draft.reset();
  change_scene(session, true, [&](lesson::Scene& scene) {
    scene.layers = std::move(layers);
    settle_scene(scene);
  });
  show(session, layer);
}

void set_operator(Session& session, const action::SetOperator& action) {
  const lesson::Scene& scene = scene_of(session);
  std::vector<lesson::Layer> layers = scene.layers;
  lesson::Layer& layer = layers[static_cast<std::size_t>(session.look.layer)];
  if (layer.spec.op == action.op || !may_stand(session, action.op)) {
    return;
  }
  const Shape input = lesson::layer_input_shape(scene, session.look.layer);
  const conv::LayerSpec spec =
      lesson::spec_of_operator(layer.spec, action.op, input, layer.one_dimensional);
  if (std::vector<Problem> found = followed_problems(session, spec); !found.empty()) {
    session.transient.notice = std::move(found.front());
    return;
  }
  layer.name.clear();
  lesson::reshape_layer(layer, spec);
  replace_layers(session, std::move(layers), session.look.layer);
}

void add_layer(Session& session, const action::AddLayer& action) {
  const lesson::Scene& scene = scene_of(session);
  if (!is_place(session, action.at, 1)) {
    refuse(session, "value_outside", "layer");
    return;
  }
  if (scene.layers.size() >= kMostLayers) {
    session.transient.notice =
        Problem{"layers_too_many", "", {{"limit", static_cast<std::int64_t>(kMostLayers)}}};
    return;
  }
  if (!may_stand(session, action.op)) {
    return;
  }
  const Shape input =
      action.at == 0 ? scene.input.base.shape() : lesson::layer_output_shape(scene, action.at - 1);
  lesson::Layer layer = lesson::new_layer(action.op, input, layer_of(session).one_dimensional,
                                          static_cast<std::uint64_t>(scene.layers.size()));
  if (std::vector<Problem> found = chain_problems(std::vector{layer.spec}, input, 0);
      !found.empty()) {
    session.transient.notice = std::move(found.front());
    return;
  }
  std::vector<lesson::Layer> layers = scene.layers;
  layers.insert(layers.begin() + action.at, std::move(layer));
  replace_layers(session, std::move(layers), action.at);
}

void remove_layer(Session& session, const action::RemoveLayer& action) {
  if (!is_place(session, action.layer, 0)) {
    refuse(session, "value_outside", "layer");
    return;
  }
  std::vector<lesson::Layer> layers = scene_of(session).layers;
  if (layers.size() == 1) {
    refuse(session, "last_layer", "layer");
    return;
  }
  layers.erase(layers.begin() + action.layer);
  const std::int64_t shown = session.look.layer;
  const std::int64_t after = shown > action.layer ? shown - 1 : shown;
  const auto last = static_cast<std::int64_t>(std::ssize(layers)) - 1;
  replace_layers(session, std::move(layers), std::min(after, last));
}

void move_layer(Session& session, const action::MoveLayer& action) {
  if (!is_place(session, action.layer, 0) || !is_place(session, action.to, 0)) {
    refuse(session, "value_outside", "layer");
    return;
  }
  if (action.layer == action.to) {
    return;
  }
  std::vector<lesson::Layer> layers = scene_of(session).layers;
  lesson::Layer moved = std::move(layers[static_cast<std::size_t>(action.layer)]);
  layers.erase(layers.begin() + action.layer);
  layers.insert(layers.begin() + action.to, std::move(moved));
  replace_layers(session, std::move(layers), action.to);
}

}  // namespace convscope::session
