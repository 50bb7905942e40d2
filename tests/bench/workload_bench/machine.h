// Linux-specific functions; on other systems they do nothing. No other file here makes system
// calls.
#pragma once

#include <cstdint>

namespace convscope::bench {

// How long all threads of this process have waited for a core so far, in nanoseconds.
std::int64_t run_delay_ns();

// Pins the calling thread to the first of the cores that this process may use, and each of its
// other threads to the next, so that no two threads share a core.
void pin_all_threads();

// Pins the calling thread to one core, counted from 0.
void pin_this_thread(int core);

// Lets the calling thread use all cores again.
void unpin_this_thread();

}  // namespace convscope::bench
