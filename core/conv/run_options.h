// How a computation is to run.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/conv/algorithm.h"

namespace convscope::conv {

// Shared between a computation and whoever waits for it; all members are thread-safe.
struct Progress {
  std::atomic<std::int64_t> done{0};
  std::atomic<std::int64_t> total{0};
  std::atomic<bool> cancel{false};
};

struct RunOptions {
  Algorithm algorithm = Algorithm::kAuto;  // falls back to kAuto if it doesn't apply to the layer
  std::int64_t threads = 0;                // 0: all cores
  Progress* progress = nullptr;            // may be null
};

inline bool cancelled(const RunOptions& run) {
  return run.progress != nullptr && run.progress->cancel;
}

}  // namespace convscope::conv
