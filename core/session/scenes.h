// Which scene and which layer the stage shows, and how scenes follow one another. Internal to
// update().
#pragma once

#include <cstdint>

#include "core/session/session.h"

namespace convscope::session {

// Both clamp, and start with the empty map and the whole stage in sight.
void show_scene(Session& session, std::int64_t scene);
void show_layer(Session& session, std::int64_t layer);

// Next, Previous and TogglePlay: as the clock has them, and past the ends of a scene into the one
// after or before. A scene that play comes to begins with its text, if it has one and play is
// guided.
void step_on(Session& session);
void step_back(Session& session);
void play_or_pause(Session& session);

}  // namespace convscope::session
