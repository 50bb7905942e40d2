// What one task of the weight's gradient computes, the same for every vector width.
#pragma once

#include <cstdint>

#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// Some filters and channels of a group, over some of the output rows n·OH + y of all images.
struct GradientPart {
  std::int64_t group = 0;
  std::int64_t first_filter = 0;
  std::int64_t filters = 0;
  std::int64_t first_channel = 0;
  std::int64_t channels = 0;
  std::int64_t first_row = 0;
  std::int64_t last_row = 0;  // exclusive
  // Where its products are added: (filter, tap, channel) of the part. Each band of rows is summed
  // in float32 first; these are sums over bands.
  double* sums = nullptr;

  // For a filter of the part, counted from 0.
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
