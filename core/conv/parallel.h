// Work that falls apart into equal pieces, on all cores.
#pragma once

#include <cstdint>
#include <functional>

namespace convscope {

// Calls work(index, worker) for every index in [0, count), each once, in no particular order, on up
// to `threads` threads (the caller's included); serial where threads are missing. worker lies in
// [0, threads) and is never the same for two calls at a time. `work` must not throw.
void parallel_for(std::int64_t count, std::int64_t threads,
                  const std::function<void(std::int64_t index, std::int64_t worker)>& work);

// How many threads this machine runs at once, at least 1.
std::int64_t core_count();

}  // namespace convscope
