#include "core/session/update.h"

#include <utility>

#include "core/session/action/rows.h"
#include "core/session/clock_moves.h"
#include "core/session/history.h"

namespace convscope::session {

Session update(Session session, const Action& action) {
  const action::Row& row = action::row_of(action);
  row.apply(session, action);
  if (row.change) {
    name_change(session.document, row.change(action));
  }
  return session;
}

Session settle(Session session) {
  if (session.clock.run_to) {
    jump_to(session, *session.clock.run_to);
  }
  return session;
}

}  // namespace convscope::session
