#include "core/conv/rungs/direct/plane_bands.h"

#include <algorithm>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/tasks.h"

namespace convscope::conv::rungs {

namespace {

// Multiply-adds per band: about 20 to 40 microseconds.
constexpr std::int64_t kBandProducts = std::int64_t{1} << 21;

PlaneJob planes_at(const Correlation& job, std::int64_t index, std::int64_t filters) {
  const Windows& w = job.windows;
  const std::int64_t group = index / w.filters % w.groups;
  const std::int64_t filter = index % w.filters;
  PlaneJob planes;
  planes.input = job.input + index / w.filters * w.channels * w.input.h * w.input.w;
  planes.weight = job.weight_at(group, filter, 0);
  planes.bias = job.bias == nullptr ? nullptr : job.bias + group * w.filters + filter;
  planes.output = job.output + index * w.output.h * w.output.w;
  planes.index = index;
  planes.filters = filters;
  return planes;
}

}  // namespace

std::int64_t threads_within_scratch(const Windows& w, std::int64_t floats) {
  return std::max<std::int64_t>(1 << 16, 2 * w.operand_floats()) / floats;
}

void run_bands(const Correlation& job, std::int64_t filters, std::int64_t rows,
               std::int64_t threads, const RunOptions& run,
               const std::function<void(const PlaneBand& band, std::int64_t worker)>& task) {
  const Windows& w = job.windows;
  const std::int64_t parts = w.batch * w.groups * w.filters / filters;
  const std::int64_t row_products = filters * w.output.w * w.taps();
  const std::int64_t band = round_up(kBandProducts / row_products + 1, rows);
  const std::int64_t bands = ceil_div(w.output.h, band);
  run_tasks(run, parts * bands, threads, [&](std::int64_t index, std::int64_t worker) {
    const std::int64_t begin = index % bands * band;
    task({planes_at(job, index / bands * filters, filters), begin,
          std::min(begin + band, w.output.h)},
         worker);
  });
}

}  // namespace convscope::conv::rungs
