// How fast a run goes: by positions or by rows, and the speed that ends a long one in a minute.
#pragma once

#include <cstdint>

#include "core/session/session.h"

namespace convscope::session {

// Positions from one row to the next; of training, which has no rows, ten iterations.
std::int64_t row_length(const Session& session);

// How many positions play covers in the time of one: a row, or one.
std::int64_t stride_of_play(const Session& session);

// Where Next and Previous stop: at the ends of rows, or of parts of a position.
Frame next_stop(const Session& session, Frame frame);
Frame previous_stop(const Session& session, Frame frame);

// The stop that the frame is at, or the last one before it: what is shown with reduced motion.
Frame stop_shown(const Session& session);

// How long the whole run takes at speed 1.
double seconds_of_run(const Session& session);

// The most that the speed can be: kMaxSpeed, or what ends a longer run in a minute.
double fastest(const Session& session);

// Whether the run ends in a minute only by going faster than kMaxSpeed.
bool is_long_run(const Session& session);

}  // namespace convscope::session
