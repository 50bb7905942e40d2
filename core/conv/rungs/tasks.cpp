#include "core/conv/rungs/tasks.h"

#include <algorithm>

#include "core/conv/parallel.h"

namespace convscope::conv::rungs {

std::int64_t threads_for(const RunOptions& run, std::int64_t work) {
  constexpr std::int64_t kWorthAThread = std::int64_t{1} << 21;
  const std::int64_t allowed = run.threads > 0 ? run.threads : core_count();
  return std::clamp<std::int64_t>(work / kWorthAThread, 1, allowed);
}

void run_tasks(const RunOptions& run, std::int64_t count, std::int64_t threads,
               const std::function<void(std::int64_t index, std::int64_t worker)>& task) {
  if (run.progress == nullptr) {
    parallel_for(count, threads, task);
    return;
  }
  Progress& progress = *run.progress;
  progress.done = 0;
  progress.total = count;
  parallel_for(count, threads, [&](std::int64_t index, std::int64_t worker) {
    if (!progress.cancel) {
      task(index, worker);
      ++progress.done;
    }
  });
}

void run_pass(const RunOptions& run, std::int64_t count, std::int64_t threads,
              const std::function<void(std::int64_t index, std::int64_t worker)>& task) {
  parallel_for(count, threads, [&](std::int64_t index, std::int64_t worker) {
    if (!cancelled(run)) {
      task(index, worker);
    }
  });
}

}  // namespace convscope::conv::rungs
