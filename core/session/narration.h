// How the clock follows the texts of a scene. Internal to update(); narration_of() in session.h is
// the text of the moment.
#pragma once

#include <optional>

#include "core/session/session.h"

namespace convscope::session {

// The still of the next position that has a text of its own: where guided play waits.
std::optional<Frame> next_told(const Session& session);

// Whether the scene on stage has a text before its first position.
bool told_at_start(const Session& session);

}  // namespace convscope::session
