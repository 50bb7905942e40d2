// Which scene and layer are on stage, and how scenes follow one another.
#pragma once

#include <cstdint>
#include <optional>

#include "core/session/session.h"

namespace convscope::session {

// Whether play has nothing more to show of this layer.
bool at_end(const Session& session);
bool is_last_scene(const Session& session);
// The layer that the scene goes on with after this one: the next that a text is about.
std::optional<std::int64_t> next_told_layer(const Session& session);

// The rest is internal to update().

// Both clamp the number, and start with the empty map and the camera at rest.
void show_scene(Session& session, std::int64_t scene);
void show_layer(Session& session, std::int64_t layer);

// Shows the next layer that is told, else the next scene; false, and nothing, behind the last one.
bool go_on(Session& session);
// The layer or scene before this one, at its last moment; false before the first one.
bool go_back(Session& session);

// Next, Previous and TogglePlay. At the ends of a layer they go on into the next or previous one
// that is told, at the ends of a scene into the next or previous scene. If play is guided and the
// new scene begins with a text, play waits there.
void step_on(Session& session);
void step_back(Session& session);
void play_or_pause(Session& session);

}  // namespace convscope::session
