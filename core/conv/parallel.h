// Work that falls apart into pieces, on all cores.
#pragma once

#include <cstdint>
#include <functional>

namespace convscope::conv {

// Calls work(index, worker) for every index in [0, count), each once, in no particular order, on up
// to `threads` threads (the caller's included); serial where threads are missing. worker lies in
// [0, threads) and is never the same for two calls of `work` at a time. May be called from several
// threads at once, and by `work` itself. `work` must not throw.
//
// On oneTBB where the build has it: handing out the work takes 1 to 3 us while a thread is awake,
// which it stays for some 100 us, else some 30 us, in which the caller works alone.
void parallel_for(std::int64_t count, std::int64_t threads,
                  const std::function<void(std::int64_t index, std::int64_t worker)>& work);

// How many threads run at once here, at least 1: more than these parallel_for() never takes.
std::int64_t core_count();

}  // namespace convscope::conv
