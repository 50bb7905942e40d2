// How long a computation takes, on a machine that is not its own.
#pragma once

#include <cstddef>
#include <functional>

namespace convscope::bench {

// Of one run, in nanoseconds: over the clean samples where there are five, else over all. A sample,
// at least 100 us of runs, is clean when no thread of this process waited for a core meanwhile and,
// on several threads, the canary sang before and after.
struct Timing {
  double median_ns = 0;
  double min_ns = 0;
  double p90_ns = 0;
  std::size_t clean = 0;
  std::size_t samples = 0;
};

// `run` uses so many threads. Takes about budget_ms, more where too few samples are clean.
Timing measure(const std::function<void()>& run, int threads, double budget_ms);

}  // namespace convscope::bench
