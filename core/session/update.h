// update: the only way a session changes. A pure function of any action and any session: it reads
// no clock and no file.
#pragma once

#include <vector>

#include "core/session/action.h"
#include "core/session/session.h"

namespace convscope::session {

// The session after `action`. What can't be done leaves the document as it was and sets a notice or
// a draft. Numbers are clamped to their ranges; values that are not finite are refused.
Session update(Session session, const Action& action);

// What update() would say to the action, the most important first; nothing where it would do it.
std::vector<Problem> refusal_of(const Session& session, const Action& action);

// Finishes a running Next or Previous at once, as replay and stills do.
Session settle(Session session);

}  // namespace convscope::session
