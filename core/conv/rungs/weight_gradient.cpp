// Shapes: any. Idea: the gradient of tap (k, c, i, j) is one long dot product, of filter k's errors
// and what the tap has seen of channel c; all of them together are a matrix product. With many
// channels in a group the lanes of a vector are channels (channel_lanes-inl.h), with few they are
// positions (position_lanes-inl.h).
//
// Products are summed in float32 over a band of rows and in double precision over the bands. Large
// layers are cut into tasks by filters and channels and, where these are few, into slices of rows;
// the cuts and the order in which slices are added don't depend on the number of threads.
//
// Scratch: two gradients for the double sums, more slices than one only while they are smaller than
// input and errors together; and up to 0.6 MB a thread for the bands.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/weight_gradient.cpp"
#include "hwy/foreach_target.h"
// After foreach_target.h
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <memory>

#include "core/conv/parallel.h"
#include "core/conv/rounding.h"
#include "core/conv/rungs/channel_lanes-inl.h"
#include "core/conv/rungs/position_lanes-inl.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/tasks.h"
#include "core/conv/rungs/weight_gradient_part.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::HWY_NAMESPACE {

// How many channels a part may have, 0: all of the group.
std::int64_t channels_of_part(const Windows& windows) {
  const std::int64_t most = channel_lanes::most_channels();
  const auto lanes =
      static_cast<std::int64_t>(hwy::HWY_NAMESPACE::Lanes(channel_lanes::FloatTag()));
  if (windows.channels * 2 < lanes) {
    return 0;
  }
  // Parts of the same size, of whole vectors.
  const std::int64_t parts = (windows.channels + most - 1) / most;
  return (windows.channels + parts * lanes - 1) / (parts * lanes) * lanes;
}

void add_part(const WeightGradient& job, const GradientPart& part, bool lanes_are_channels) {
  if (lanes_are_channels) {
    channel_lanes::add_part(job, part);
  } else {
    position_lanes::add_part(job, part);
  }
}

}  // namespace convscope::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope {

HWY_EXPORT(channels_of_part);
HWY_EXPORT(add_part);

namespace {

std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

// The tasks: by group, slice of the rows, block of filters, block of channels.
struct Cut {
  bool lanes_are_channels = false;
  std::int64_t channels = 0;  // of a part
  std::int64_t filters = 0;
  std::int64_t channel_parts = 0;
  std::int64_t filter_parts = 0;
  std::int64_t slices = 0;

  std::int64_t tasks(const Windows& w) const {
    return w.groups * slices * filter_parts * channel_parts;
  }
};

Cut cut_of(const Windows& w) {
  constexpr std::int64_t kTasks = 8;  // enough to keep the cores of a desktop busy
  constexpr std::int64_t kTaskProducts = std::int64_t{1} << 20;
  constexpr std::int64_t kMostFilters = 192;
  Cut cut;
  cut.channels = HWY_DYNAMIC_DISPATCH(channels_of_part)(w);
  cut.lanes_are_channels = cut.channels != 0;
  cut.channels = cut.lanes_are_channels ? cut.channels : w.channels;
  cut.channel_parts = ceil_div(w.channels, cut.channels);
  cut.filter_parts = ceil_div(w.filters, kMostFilters);
  // In multiples of what a tile takes.
  cut.filters = std::min(w.filters, ceil_div(ceil_div(w.filters, cut.filter_parts), 24) * 24);
  cut.filter_parts = ceil_div(w.filters, cut.filters);
  const std::int64_t operands =
      w.batch * w.groups *
      (w.channels * w.input.h * w.input.w + w.filters * w.output.h * w.output.w);
  const std::int64_t sums = 2 * w.groups * w.filters * w.taps();
  cut.slices = 1;
  const std::int64_t most = std::min({ceil_div(kTasks, cut.tasks(w)), w.products() / kTaskProducts,
                                      w.batch * w.output.h, operands / sums});
  cut.slices = std::max<std::int64_t>(1, most);
  return cut;
}

GradientPart part_of(const Windows& w, const Cut& cut, std::int64_t index, double* sums) {
  const std::int64_t group_sums = w.filters * w.taps();
  GradientPart part;
  part.first_channel = index % cut.channel_parts * cut.channels;
  part.channels = std::min(cut.channels, w.channels - part.first_channel);
  index /= cut.channel_parts;
  part.first_filter = index % cut.filter_parts * cut.filters;
  part.filters = std::min(cut.filters, w.filters - part.first_filter);
  index /= cut.filter_parts;
  part.sums = sums + index * group_sums;  // by slice and group
  part.group = index % w.groups;
  const std::int64_t slice = index / w.groups;
  part.first_row = slice * w.batch * w.output.h / cut.slices;
  part.last_row = (slice + 1) * w.batch * w.output.h / cut.slices;
  return part;
}

void clear_sums(const Windows& w, const GradientPart& part) {
  const std::int64_t taps = w.kernel.h * w.kernel.w;
  double* const first = part.sums_of(w, part.first_filter, 0);
  if (part.channels == w.channels) {
    std::fill_n(first, part.filters * w.taps(), 0.0);
    return;
  }
  for (std::int64_t n = 0; n < part.filters * taps; ++n) {
    std::fill_n(first + n * w.channels, part.channels, 0.0);
  }
}

// One filter's sums, of all slices, to the gradient. Returns whether they are finite.
bool write_filter(const WeightGradient& job, const Cut& cut, std::int64_t filter, double* sums) {
  const Windows& w = job.windows;
  double* total = sums + filter * w.taps();
  for (std::int64_t slice = 1; slice < cut.slices; ++slice) {
    const double* part = total + slice * w.groups * w.filters * w.taps();
    for (std::int64_t n = 0; n < w.taps(); ++n) {
      total[n] += part[n];
    }
  }
  float* gradient = job.gradient + filter / w.filters * job.strides.group +
                    filter % w.filters * job.strides.filter;
  bool finite = true;
  for (std::int64_t i = 0; i < w.kernel.h; ++i) {
    for (std::int64_t j = 0; j < w.kernel.w; ++j) {
      float* value = gradient + i * job.strides.row + j * job.strides.column;
      for (std::int64_t c = 0; c < w.channels; ++c) {
        *value = rounded(*total++);
        finite = finite && std::isfinite(*value);
        value += job.strides.channel;
      }
    }
  }
  return finite;
}

}  // namespace

bool gemm_weight_gradient(const WeightGradient& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const Cut cut = cut_of(w);
  const std::int64_t filters = w.groups * w.filters;
  const std::int64_t threads = threads_for(run, w.products());
  const auto sums = std::make_unique_for_overwrite<double[]>(
      static_cast<std::size_t>(cut.slices * filters * w.taps()));
  run_tasks(run, cut.tasks(w), threads, [&](std::int64_t index, std::int64_t) {
    const GradientPart part = part_of(w, cut, index, sums.get());
    clear_sums(w, part);
    HWY_DYNAMIC_DISPATCH(add_part)(job, part, cut.lanes_are_channels);
  });
  std::atomic<bool> finite = true;
  parallel_for(filters, threads, [&](std::int64_t filter, std::int64_t) {
    if (!write_filter(job, cut, filter, sums.get())) {
      finite = false;
    }
  });
  return finite;
}

}  // namespace convscope
#endif
