// What the stage plays after the answer to a question. Internal to update().
#pragma once

#include "core/session/session.h"

namespace convscope::session {

// Sets view, clock and numbers as the template's reveal says, and the second scene where there is
// one: the computation that leads to the wrong answer, or what the right one is compared with.
void reveal(Session& session);

}  // namespace convscope::session
