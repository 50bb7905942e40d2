// What only Linux tells and does; elsewhere these do nothing. No other file here asks the system.
#pragma once

#include <cstdint>

namespace convscope::bench {

// How long all threads of this process have waited for a core so far, in nanoseconds.
std::int64_t run_delay_ns();

// Puts the calling thread on the first of the cores that this process may use, and each of its
// other threads on the next, so that no two of a team share one.
void pin_all_threads();

// Puts the calling thread on one core, counted from 0.
void pin_this_thread(int core);

// Lets the calling thread use all cores again.
void unpin_this_thread();

}  // namespace convscope::bench
