// Runs a computation as independent tasks, with progress.
#pragma once

#include <cstdint>
#include <functional>

#include "core/conv/run_options.h"

namespace convscope::conv::rungs {

// How many threads `work` multiply-adds are worth, at most as many as the run allows: for a task of
// a few microseconds it is not worth waking a thread.
std::int64_t threads_for(const RunOptions& run, std::int64_t work);

// Calls task(index, worker) once for every index in [0, count) unless cancelled; worker, in [0,
// threads), is never the same for two concurrent tasks, so that each can have its own scratch
// memory. Updates run.progress.
void run_tasks(const RunOptions& run, std::int64_t count, std::int64_t threads,
               const std::function<void(std::int64_t index, std::int64_t worker)>& task);

// The same for work before or after these tasks; run.progress doesn't count it.
void run_pass(const RunOptions& run, std::int64_t count, std::int64_t threads,
              const std::function<void(std::int64_t index, std::int64_t worker)>& task);

// Whether an output of so many floats is so large that none of it stays in the caches: it is better
// written past them.
inline bool outgrows_caches(std::int64_t floats) { return floats >= std::int64_t{1} << 21; }

}  // namespace convscope::conv::rungs
