#include "core/lesson/session.h"

#include <cassert>
#include <utility>

#include "core/lesson/stamping.h"
#include "core/lesson/training.h"

namespace convscope {

void show_as_told(Session& session) {
  const Scene& scene = scene_of(session);
  session.view = scene.view;
  session.second_view = scene.second_view;
  session.code = scene.code;
  session.transposed_as = scene.transposed_as;
}

Session open_session(Lesson lesson, Theme theme, Language language) {
  assert(!lesson.scenes.empty() && !lesson.scenes.front().layers.empty());
  Session session;
  session.lesson = std::move(lesson);
  session.original = std::make_shared<const Lesson>(session.lesson);
  show_as_told(session);
  session.theme = theme;
  session.language = language;
  return session;
}

const Scene& scene_of(const Session& session) {
  return session.lesson.scenes[static_cast<std::size_t>(session.scene)];
}

const Layer& layer_of(const Session& session) {
  return scene_of(session).layers[static_cast<std::size_t>(session.layer)];
}

Shape layer_input_shape(const Scene& scene, std::int64_t layer) {
  Shape shape = scene.input.base.shape();
  for (std::int64_t i = 0; i < layer; ++i) {
    shape = output_shape(scene.layers[static_cast<std::size_t>(i)].spec, shape);
  }
  return shape;
}

Shape layer_output_shape(const Scene& scene, std::int64_t layer) {
  return output_shape(scene.layers[static_cast<std::size_t>(layer)].spec,
                      layer_input_shape(scene, layer));
}

namespace {

Shape counted_shape(const Scene& scene, std::int64_t layer, View view, bool stamping) {
  if (view == View::kDescent) {
    return {1, 1, 1, training_steps(scene)};
  }
  return stamping ? layer_input_shape(scene, layer) : layer_output_shape(scene, layer);
}

}  // namespace

Shape position_shape(const Session& session) {
  return counted_shape(scene_of(session), session.layer, session.view, is_stamping(session));
}

Shape opening_shape(const Scene& scene) {
  return counted_shape(scene, 0, scene.view, opens_stamping(scene));
}

Timeline timeline_of(const Session& session) {
  const std::int64_t positions = position_shape(session).count();
  if (session.view == View::kDescent) {
    return descent_timeline(positions, session.granularity);
  }
  const LayerSpec& spec = layer_of(session).spec;
  return is_stamping(session) ? stamp_timeline(spec, positions, session.granularity)
                              : timeline_of(spec, positions, session.granularity);
}

bool is_moving(const Session& session) { return session.playing || session.run_to.has_value(); }

}  // namespace convscope
