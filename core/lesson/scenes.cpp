#include "core/lesson/scenes.h"

#include <algorithm>
#include <utility>

#include "core/lesson/clock.h"
#include "core/lesson/history.h"
#include "core/lesson/narration.h"
#include "core/lesson/update.h"

namespace convscope {
namespace {

bool is_last_scene(const Session& session) {
  return session.scene + 1 == static_cast<std::int64_t>(session.lesson.scenes.size());
}

bool at_end(const Session& session) { return session.frame >= timeline_of(session).last(); }

}  // namespace

void show_layer(Session& session, std::int64_t layer) {
  const auto layers = static_cast<std::int64_t>(scene_of(session).layers.size());
  session.layer = std::clamp<std::int64_t>(layer, 0, layers - 1);
  session.playing = false;
  session.camera = {};
  session.hover.reset();
  session.selection.reset();
  session.draft.reset();
  close_drag(session.history, session.lesson);
  jump_to(session, 0);
}

void show_scene(Session& session, std::int64_t scene) {
  const auto scenes = static_cast<std::int64_t>(session.lesson.scenes.size());
  session.scene = std::clamp<std::int64_t>(scene, 0, scenes - 1);
  session.layer = 0;
  show_as_told(session);
  show_layer(session, 0);
}

void step_on(Session& session) {
  session = settle(std::move(session));
  if (at_end(session) && !is_last_scene(session)) {
    show_scene(session, session.scene + 1);
  } else {
    run_to_next(session);
  }
}

void step_back(Session& session) {
  session = settle(std::move(session));
  if (session.frame == 0 && session.scene > 0) {
    show_scene(session, session.scene - 1);
    jump_to(session, timeline_of(session).last());
  } else {
    run_to_previous(session);
  }
}

void play_or_pause(Session& session) {
  const bool goes_on = !session.playing && !session.loop && at_end(session);
  if (!goes_on || is_last_scene(session)) {
    toggle_play(session);
    return;
  }
  show_scene(session, session.scene + 1);
  session.playing = !(session.guided && told_at_start(session));
}

}  // namespace convscope
