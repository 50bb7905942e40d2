#include "core/session/clicker.h"

#include <algorithm>
#include <utility>

#include "core/session/clock_moves.h"
#include "core/session/narration.h"
#include "core/session/pace.h"
#include "core/session/scenes.h"
#include "core/session/update.h"

namespace convscope::session {
namespace {

// Nobody presses the same key more often without a new text.
constexpr int kMostPresses = 12;

bool is_far(const Session& session, Frame from, Frame to) {
  int presses = 0;
  for (Frame frame = from; frame < to && presses <= kMostPresses; ++presses) {
    frame = next_stop(session, frame);
  }
  return presses > kMostPresses;
}

}  // namespace

void click_on(Session& session) {
  session = settle(std::move(session));
  const Frame now = session.clock.frame;
  const Frame end = last_moment(session);
  const Frame target = next_told(session).value_or(std::max(now, end));
  if (now >= target) {
    if (!go_on(session)) {
      jump_to(session, end);
    }
  } else if (now == 0 || !is_far(session, now, target)) {  // the first step is always shown
    run_to_next(session);
  } else {
    session.clock.playing = false;
    jump_to(session, target);
  }
}

void click_back(Session& session) {
  session = settle(std::move(session));
  const Frame now = session.clock.frame;
  const Frame opening = opening_frame(session);
  if (now == 0 || now == opening) {
    go_back(session);
    return;
  }
  const Frame target = previous_told(session).value_or(opening < now ? opening : 0);
  if (is_far(session, target, now)) {
    session.clock.playing = false;
    jump_to(session, target);
  } else {
    run_to_previous(session);
  }
}

}  // namespace convscope::session
