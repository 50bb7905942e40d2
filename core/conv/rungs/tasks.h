// A computation that falls apart into tasks, with its progress.
#pragma once

#include <cstdint>
#include <functional>

#include "core/conv/run_options.h"

namespace convscope::conv::rungs {

// How many threads `work` multiply-adds are worth, at most as many as the run allows: a task that
// is over in a few microseconds is not worth waking anyone for.
std::int64_t threads_for(const RunOptions& run, std::int64_t work);

// Calls task(index, worker) once for every index in [0, count) unless cancelled; worker, in [0,
// threads), is the same for no two at a time, so that each can have its own scratch memory. Keeps
// run.progress.
void run_tasks(const RunOptions& run, std::int64_t count, std::int64_t threads,
               const std::function<void(std::int64_t index, std::int64_t worker)>& task);

// The same for what comes before or after these tasks: run.progress doesn't count it.
void run_pass(const RunOptions& run, std::int64_t count, std::int64_t threads,
              const std::function<void(std::int64_t index, std::int64_t worker)>& task);

}  // namespace convscope::conv::rungs
