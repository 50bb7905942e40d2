// What the two keys of a presentation clicker do: a step on or back, or, where the next text is
// very many steps away, straight to it. Internal to update().
#pragma once

#include "core/session/session.h"

namespace convscope::session {

// Behind the last text of a layer: to its end, then into the next layer or scene.
void click_on(Session& session);
void click_back(Session& session);

}  // namespace convscope::session
