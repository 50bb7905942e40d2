#include "core/lesson/session.h"

#include <cassert>
#include <utility>

namespace convscope {

Session open_session(Lesson lesson, Theme theme, Language language) {
  assert(!lesson.scenes.empty() && !lesson.scenes.front().layers.empty());
  Session session;
  session.lesson = std::move(lesson);
  session.view = session.lesson.scenes.front().view;
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

Timeline timeline_of(const Session& session) {
  const Shape output = layer_output_shape(scene_of(session), session.layer);
  return timeline_of(layer_of(session).spec, output.count(), session.granularity);
}

bool is_moving(const Session& session) { return session.playing || session.run_to.has_value(); }

const LocalizedText& narration_of(const Session& session) {
  static const LocalizedText kSilence;
  const Beat beat = beat_at(timeline_of(session), session.frame);
  // While a sum is under way its text would give the answer away.
  const std::int64_t position = beat.finished ? beat.position : beat.position - 1;
  const LocalizedText* text = &kSilence;
  for (const Narration& narration : scene_of(session).narration) {
    if (narration.position <= position) {
      text = &narration.text;
    }
  }
  return *text;
}

}  // namespace convscope
