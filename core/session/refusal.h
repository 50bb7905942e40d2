// Why an action is refused.
#pragma once

#include <vector>

#include "core/session/action.h"
#include "core/session/session.h"

namespace convscope::session {

// What update() would say to it, the most important first; nothing where it would do it.
std::vector<Problem> refusal_of(const Session& session, const Action& action);

}  // namespace convscope::session
