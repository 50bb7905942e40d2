// Output planes split into bands of rows: the tasks of rungs that compute rows of whole planes.
#pragma once

#include <cstdint>
#include <functional>

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// Consecutive output planes of one image and group, and their operands.
struct PlaneJob {
  const float* input = nullptr;   // (C, H, W)
  const float* weight = nullptr;  // at (0, 0, 0) of the first filter
  const float* bias = nullptr;    // of the first filter; null: none
  float* output = nullptr;        // (filters, OH, OW)
  std::int64_t index = 0;         // (n · G + g) · K + k of the first filter
  std::int64_t filters = 1;

  float bias_of(std::int64_t filter) const { return bias == nullptr ? 0.0F : bias[filter]; }
};

// Rows [begin, end) of planes.
struct PlaneBand {
  PlaneJob planes;
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

// How many threads may use this many floats of scratch memory each, if together they stay within
// twice the operands' size, or 256 KB; 0: not even one.
std::int64_t threads_within_scratch(const Windows& windows, std::int64_t floats);

// Calls task(band, worker) for all bands. A band has `filters` filters of a group (1 or all),
// starts at a multiple of `rows` and is large enough for a task.
void run_bands(const Correlation& job, std::int64_t filters, std::int64_t rows,
               std::int64_t threads, const RunOptions& run,
               const std::function<void(const PlaneBand& band, std::int64_t worker)>& task);

}  // namespace convscope::conv::rungs
