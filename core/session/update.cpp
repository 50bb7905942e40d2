#include "core/session/update.h"

#include <utility>

#include "core/session/action/rows.h"
#include "core/session/clock_moves.h"

namespace convscope::session {

Session update(Session session, const Action& action) {
  action::row_of(action).apply(session, action);
  return session;
}

Session settle(Session session) {
  if (session.clock.run_to) {
    jump_to(session, *session.clock.run_to);
  }
  return session;
}

}  // namespace convscope::session
