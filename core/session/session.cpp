#include "core/session/session.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/lesson/scene_shapes.h"
#include "core/lesson/stamping.h"
#include "core/lesson/training.h"
#include "core/lesson/views.h"

namespace convscope::session {

const Document& own_document(const Session& session) {
  return session.asking    ? session.asking->kept.document
         : session.solving ? session.solving->kept.document
                           : session.document;
}

Session own_session(Session session) {
  if (session.asking || session.solving) {
    Kept kept = session.asking ? session.asking->kept : session.solving->kept;
    session.document = std::move(kept.document);
    kept.clock.speed = session.clock.speed;
    session.clock = kept.clock;
    kept.look.theme = session.look.theme;
    kept.look.language = session.look.language;
    session.look = kept.look;
    session.transient = {};
    session.asking.reset();
    session.solving.reset();
  }
  return session;
}

bool is_asking(const Session& session) { return session.asking && session.asking->is_open(); }

void show_as_told(Session& session) {
  const lesson::Scene& scene = scene_of(session);
  session.look.view = scene.view;
  session.look.second_view = scene.second_view;
  session.look.code = scene.code;
  session.look.transposed_as = scene.transposed_as;
}

Session open_session(lesson::Lesson lesson, Theme theme, lesson::Language language) {
  assert(!lesson.scenes.empty() && !lesson.scenes.front()->layers.empty());
  Session session;
  session.document.lesson = std::move(lesson);
  session.document.original = session.document.lesson;
  show_as_told(session);
  session.look.theme = theme;
  session.look.language = language;
  session.clock.frame = opening_frame(session);
  return session;
}

Frame opening_frame(const Session& session) {
  const lesson::Scene& scene = scene_of(session);
  std::int64_t position = scene.start;
  if (position >= 0 && session.look.layer > 0) {
    const auto first =
        std::ranges::find(scene.narration, session.look.layer, &lesson::Narration::layer);
    position = first == scene.narration.end() ? -1 : first->position;
  }
  const Timeline timeline = timeline_of(session);
  return position < 0 || position >= timeline.positions ? 0 : frame_of(timeline, position);
}

const lesson::Scene& scene_of(const Session& session) {
  return session.document.lesson->scenes[static_cast<std::size_t>(session.look.scene)];
}

const lesson::Layer& layer_of(const Session& session) {
  return scene_of(session).layers[static_cast<std::size_t>(session.look.layer)];
}

const std::string& input_name(const Session& session) {
  static const std::string kHidden = "x";
  return session.look.layer == 0 ? scene_of(session).input_name : kHidden;
}

Shape position_shape(const Session& session) {
  return lesson::counted_shape(scene_of(session), session.look.layer, session.look.view,
                               is_scatter_add(session));
}

Timeline timeline_of(const Session& session) {
  const std::int64_t positions = position_shape(session).count();
  if (lesson::counts_steps(session.look.view)) {
    return descent_timeline(positions, session.clock.granularity);
  }
  const conv::LayerSpec& spec = layer_of(session).spec;
  return is_scatter_add(session) ? stamp_timeline(spec, positions, session.clock.granularity)
                                 : timeline_of(spec, positions, session.clock.granularity);
}

bool wants_training(const Session& session) { return lesson::counts_steps(session.look.view); }

bool is_moving(const Session& session) {
  return session.clock.playing || session.clock.run_to.has_value();
}

bool is_scatter_add(const Session& session) {
  return lesson::stamps(layer_of(session), session.look.transposed_as, session.look.view,
                        session.look.second_view);
}

}  // namespace convscope::session
