// What one task of the weight's gradient computes, the same for every vector width.
#pragma once

#include <cstdint>

#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// Some filters and channels of a group, over some of the output rows n·OH + y of all pictures.
struct GradientPart {
  std::int64_t group = 0;
  std::int64_t first_filter = 0;
  std::int64_t filters = 0;
  std::int64_t first_channel = 0;
  std::int64_t channels = 0;
  std::int64_t first_row = 0;
  std::int64_t last_row = 0;  // the one behind
  // Where its products are added: (filter, tap, channel) of the part. Those of a band of rows are
  // summed up in float32 before, so these are sums over bands.
  double* sums = nullptr;

  // Of the part's own filters, from 0 on.
  double* sums_of(const Windows& windows, std::int64_t filter, std::int64_t tap) const {
    return sums + (filter * windows.kernel.h * windows.kernel.w + tap) * channels;
  }
};

inline const float* errors_at(const WeightGradient& job, std::int64_t n, std::int64_t group,
                              std::int64_t filter) {
  const Windows& w = job.windows;
  return job.errors + ((n * w.groups + group) * w.filters + filter) * w.output.h * w.output.w;
}

}  // namespace convscope::conv::rungs
