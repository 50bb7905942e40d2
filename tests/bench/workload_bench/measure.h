// Measures a computation on a shared machine.
#pragma once

#include <cstddef>
#include <functional>

namespace convscope::bench {

// Per run, in nanoseconds: over the clean samples if there are at least five, otherwise over all. A
// sample, of at least 100 us of runs, is clean if no thread of this process waited for a core
// meanwhile and, with several threads, the canary found all cores available before and after.
struct Timing {
  double median_ns = 0;
  double min_ns = 0;
  double p90_ns = 0;
  std::size_t clean = 0;
  std::size_t samples = 0;
};

// `run` uses `threads` threads. Takes about budget_ms, longer if too few samples are clean.
Timing measure(const std::function<void()>& run, int threads, double budget_ms);

}  // namespace convscope::bench
