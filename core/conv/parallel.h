// Runs independent pieces of work on all cores.
#pragma once

#include <cstdint>
#include <functional>

namespace convscope::conv {

// Calls work(index, worker) once for every index in [0, count), in no particular order, on up to
// `threads` threads (including the caller's); serially if no threads can be had. worker lies in [0,
// threads) and is never the same for two concurrent calls of `work`. May be called from several
// threads at once, and from `work` itself. `work` must not throw.
//
// Uses oneTBB if the build has it: distributing the work takes 1 to 3 us while its threads are
// awake, which they stay for about 100 us; otherwise about 30 us, during which the caller works
// alone.
void parallel_for(std::int64_t count, std::int64_t threads,
                  const std::function<void(std::int64_t index, std::int64_t worker)>& work);

// How many threads can run at once here, at least 1; parallel_for() never uses more.
std::int64_t core_count();

}  // namespace convscope::conv
