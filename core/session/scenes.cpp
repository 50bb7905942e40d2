#include "core/session/scenes.h"

#include <algorithm>
#include <utility>

#include "core/session/clock_moves.h"
#include "core/session/history.h"
#include "core/session/narration.h"
#include "core/session/update.h"

namespace convscope::session {

bool at_end(const Session& session) { return session.clock.frame >= timeline_of(session).last(); }

bool is_last_scene(const Session& session) {
  return session.look.scene + 1 ==
         static_cast<std::int64_t>(session.document.lesson->scenes.size());
}

void show_layer(Session& session, std::int64_t layer) {
  const auto layers = static_cast<std::int64_t>(scene_of(session).layers.size());
  session.look.layer = std::clamp<std::int64_t>(layer, 0, layers - 1);
  session.clock.playing = false;
  session.clock.speed = std::min(session.clock.speed, kMaxSpeed);  // a hurry ends with its run
  session.look.camera = {};
  session.look.comparison = Comparison::kNone;
  session.look.split.reset();
  session.transient.hover.reset();
  session.transient.pin.reset();
  session.transient.selection.reset();
  session.transient.draft.reset();
  close_drag(session.document);
  jump_to(session, 0);
}

void show_scene(Session& session, std::int64_t scene) {
  const auto scenes = static_cast<std::int64_t>(session.document.lesson->scenes.size());
  session.look.scene = std::clamp<std::int64_t>(scene, 0, scenes - 1);
  session.look.layer = 0;
  show_as_told(session);
  show_layer(session, 0);
}

void step_on(Session& session) {
  session = settle(std::move(session));
  if (at_end(session) && !is_last_scene(session)) {
    show_scene(session, session.look.scene + 1);
  } else {
    run_to_next(session);
  }
}

void step_back(Session& session) {
  session = settle(std::move(session));
  if (session.clock.frame == 0 && session.look.scene > 0) {
    show_scene(session, session.look.scene - 1);
    jump_to(session, timeline_of(session).last());
  } else {
    run_to_previous(session);
  }
}

void play_or_pause(Session& session) {
  const bool goes_on = !session.clock.playing && !session.toggles.loop && at_end(session);
  if (!goes_on || is_last_scene(session)) {
    toggle_play(session);
    return;
  }
  show_scene(session, session.look.scene + 1);
  session.clock.playing = !(session.toggles.guided && told_at_start(session));
}

}  // namespace convscope::session
