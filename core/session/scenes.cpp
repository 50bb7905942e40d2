#include "core/session/scenes.h"

#include <algorithm>
#include <utility>

#include "core/session/clock_moves.h"
#include "core/session/edit/history.h"
#include "core/session/narration.h"
#include "core/session/update.h"

namespace convscope::session {

namespace {

bool is_clock_at_end(const Session& session) {
  return session.clock.frame >= timeline_of(session).last();
}

// The layer before this one that a text is about, the first one always.
std::optional<std::int64_t> previous_told_layer(const Session& session) {
  std::optional<std::int64_t> found =
      session.look.layer > 0 ? std::optional<std::int64_t>(0) : std::nullopt;
  for (const lesson::Narration& narration : scene_of(session).narration) {
    if (narration.layer < session.look.layer) {
      found = narration.layer;
    }
  }
  return found;
}

// A layer that has just come on stage plays on, unless a text wants to be read first.
void play_unless_told(Session& session) {
  session.clock.playing = !(session.toggles.guided && told_at_start(session));
}

}  // namespace

bool at_end(const Session& session) { return is_clock_at_end(session) || is_all_told(session); }

std::optional<std::int64_t> next_told_layer(const Session& session) {
  for (const lesson::Narration& narration : scene_of(session).narration) {
    if (narration.layer > session.look.layer &&
        narration.layer < static_cast<std::int64_t>(scene_of(session).layers.size())) {
      return narration.layer;
    }
  }
  return std::nullopt;
}

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
  jump_to(session, opening_frame(session));
}

void show_scene(Session& session, std::int64_t scene) {
  const auto scenes = static_cast<std::int64_t>(session.document.lesson->scenes.size());
  session.look.scene = std::clamp<std::int64_t>(scene, 0, scenes - 1);
  session.look.layer = 0;
  show_as_told(session);
  show_layer(session, 0);
}

bool go_on(Session& session) {
  if (const auto layer = next_told_layer(session)) {
    show_layer(session, *layer);
    return true;
  }
  if (is_last_scene(session)) {
    return false;
  }
  show_scene(session, session.look.scene + 1);
  return true;
}

bool go_back(Session& session) {
  if (const auto layer = previous_told_layer(session)) {
    show_layer(session, *layer);
  } else if (session.look.scene > 0) {
    show_scene(session, session.look.scene - 1);
    const std::vector<lesson::Narration>& narration = scene_of(session).narration;
    if (!narration.empty() && narration.back().layer > 0) {
      show_layer(session, narration.back().layer);
    }
  } else {
    return false;
  }
  jump_to(session, last_moment(session));
  return true;
}

void step_on(Session& session) {
  session = settle(std::move(session));
  if (!is_clock_at_end(session) || !go_on(session)) {
    run_to_next(session);
  }
}

void step_back(Session& session) {
  session = settle(std::move(session));
  if (session.clock.frame > 0 || !go_back(session)) {
    run_to_previous(session);
  }
}

void play_or_pause(Session& session) {
  const bool goes_on = !session.clock.playing && !session.toggles.loop && at_end(session);
  if (!goes_on) {
    toggle_play(session);
  } else if (go_on(session)) {
    play_unless_told(session);
  } else if (is_clock_at_end(session)) {
    toggle_play(session);
  } else {
    show_scene(session, session.look.scene);  // its last text was read: once more
    play_unless_told(session);
  }
}

}  // namespace convscope::session
