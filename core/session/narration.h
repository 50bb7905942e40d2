// How the clock follows the texts of a scene. Internal to update(); narration_of() in session.h is
// the text of the moment.
#pragma once

#include <optional>

#include "core/session/session.h"

namespace convscope::session {

// The still of the next position that has a text of its own: where guided play waits.
std::optional<Frame> next_told(const Session& session);

// The same backwards.
std::optional<Frame> previous_told(const Session& session);

// Where the layer on stage has told everything: at its last text if it ends with that, else at its
// last frame.
Frame last_moment(const Session& session);

// Whether the layer on stage opens with a text.
bool told_at_start(const Session& session);

// Whether the moment is that of the last text of a scene that ends with it (Scene::start).
bool is_all_told(const Session& session);

}  // namespace convscope::session
