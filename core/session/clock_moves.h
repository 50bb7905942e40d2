// What moves the clock of a session. Internal to update().
#pragma once

#include <cstdint>

#include "core/session/action.h"
#include "core/session/session.h"

namespace convscope::session {

// Goes to `frame` at once: nothing runs any more, playing goes on from there.
void jump_to(Session& session, Frame frame);
void jump_to_position(Session& session, std::int64_t position);
// The same for somebody who asks about that position: what had been computed stays in sight.
void go_to_position(Session& session, std::int64_t position);

// Starts a run to the next or previous rest, after finishing the run under way, so that no key
// press is lost.
void run_to_next(Session& session);
void run_to_previous(Session& session);

void jump_to_next_row(Session& session);
void jump_to_previous_row(Session& session);
// The same place in the next filter's map, the first after the last.
void jump_to_next_filter(Session& session);
// The output position, in the map on stage, whose window's centre is nearest to an input cell.
void place_window(Session& session, const Index& at);

void toggle_play(Session& session);
// `frames` ticks of wall time have passed; the session's speed makes them frames of its own.
void tick(Session& session, std::int64_t frames);
void set_speed(Session& session, double speed);
// Keeps the moment, even in the middle of a position. A run goes on to its target, at most to the
// next rest.
void set_granularity(Session& session, Granularity granularity);

// After a change of the document: keeps the position if it still exists, else the last one.
void refit_clock(Session& session, const Timeline& before);

}  // namespace convscope::session
