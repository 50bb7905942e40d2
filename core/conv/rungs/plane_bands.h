// Output planes cut into bands of rows, the tasks of the rungs that compute a plane at a time.
#pragma once

#include <cstdint>
#include <functional>

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope {

// An output plane and the operands that it alone is made of.
struct PlaneJob {
  const float* input = nullptr;   // (H, W)
  const float* weight = nullptr;  // at (0, 0)
  float bias = 0;
  float* output = nullptr;  // (OH, OW)
  std::int64_t index = 0;   // (n · G + g) · K + k
};

// Rows [begin, end) of a plane.
struct PlaneBand {
  PlaneJob plane;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

// How many threads may have so many floats of scratch memory each, together at most twice what the
// operands take, or 256 KB; 0: not even one.
std::int64_t threads_within_scratch(const Windows& windows, std::int64_t floats);

// Calls task(band, worker) for all of them; of windows.channels == 1. A band begins at a multiple
// of `rows` and is worth a task.
void run_bands(const Correlation& job, std::int64_t rows, std::int64_t threads,
               const RunOptions& run,
               const std::function<void(const PlaneBand& band, std::int64_t worker)>& task);

// Whether an output is so large that none of it stays in the caches.
bool outgrows_caches(const Windows& windows);

}  // namespace convscope
