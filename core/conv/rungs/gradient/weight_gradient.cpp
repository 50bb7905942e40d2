// Shapes: any. Idea: the gradient of tap (k, c, i, j) is one long dot product of filter k's errors
// and the cells of channel c under the tap; together they are a matrix product. With many channels
// in a group the lanes of a vector are channels (channel_lanes-inl.h), with few they are positions
// (position_lanes-inl.h).
//
// Products are summed in float32 over a band of rows and in double precision over the bands. Large
// layers are split into tasks by filters and channels and, if these are few, into slices of rows;
// the split and the order in which slices are added don't depend on the number of threads.
//
// Scratch: for the double sums at most two gradients without slices, or input and errors together
// with slices; for the bands about 0.5 MB per thread, more with a kernel of long reach. Uses no
// more threads than fit in most_scratch().
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/gradient/weight_gradient.cpp"
#include "hwy/foreach_target.h"
// Must come after foreach_target.h.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <memory>

#include "core/conv/ceil_div.h"
#include "core/conv/rounding.h"
#include "core/conv/rungs/direct/channel_planes.h"
#include "core/conv/rungs/gradient/channel_lanes-inl.h"
#include "core/conv/rungs/gradient/position_lanes-inl.h"
#include "core/conv/rungs/gradient/weight_gradient_part.h"
#include "core/conv/rungs/gradient/weight_gradient_product.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/tasks.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {

// The most channels per part; 0: all of the group.
std::int64_t channels_of_part(const Windows& windows) {
  const std::int64_t most = channel_lanes::most_channels();
  const auto lanes =
      static_cast<std::int64_t>(hwy::HWY_NAMESPACE::Lanes(channel_lanes::FloatTag()));
  if (windows.channels * 2 < lanes) {
    return 0;
  }
  // Parts of equal size, in whole vectors.
  const std::int64_t parts = ceil_div(windows.channels, most);
  return ceil_div(windows.channels, parts * lanes) * lanes;
}

// The floats of scratch memory that add_part() uses.
std::int64_t scratch_floats(const WeightGradient& job, const GradientPart& part,
                            bool lanes_are_channels) {
  return lanes_are_channels ? channel_lanes::scratch_floats(job, part)
                            : position_lanes::scratch_floats(job, part);
}

void add_part(const WeightGradient& job, const GradientPart& part, bool lanes_are_channels) {
  if (lanes_are_channels) {
    channel_lanes::add_part(job, part);
  } else {
    position_lanes::add_part(job, part);
  }
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

HWY_EXPORT(channels_of_part);
HWY_EXPORT(scratch_floats);
HWY_EXPORT(add_part);

namespace {

// The gradient is split into parts, by group, block of filters and block of channels, and the rows
// that each part sums into slices. A task is a slice of a part.
struct Cut {
  bool lanes_are_channels = false;
  std::int64_t channels = 0;  // of a part
  std::int64_t filters = 0;
  std::int64_t channel_parts = 0;  // in a group
  std::int64_t filter_parts = 0;
  std::int64_t parts = 0;
  std::int64_t slices = 0;
  std::int64_t sums = 0;  // of a part
};

Cut cut_of(const Windows& w) {
  constexpr std::int64_t kTasks = 8;  // enough to keep the cores of a desktop busy
  constexpr std::int64_t kTaskProducts = std::int64_t{1} << 20;
  constexpr std::int64_t kMostFilters = 192;
  constexpr std::int64_t kTileFilters = 24;  // a multiple of the filters of every tile
  Cut cut;
  cut.channels = HWY_DYNAMIC_DISPATCH(channels_of_part)(w);
  cut.lanes_are_channels = cut.channels != 0;
  cut.channels = cut.lanes_are_channels ? std::min(cut.channels, w.channels) : w.channels;
  cut.channel_parts = ceil_div(w.channels, cut.channels);
  cut.filters = ceil_div(w.filters, ceil_div(w.filters, kMostFilters));
  cut.filters = std::min(w.filters, ceil_div(cut.filters, kTileFilters) * kTileFilters);
  cut.filter_parts = ceil_div(w.filters, cut.filters);
  cut.parts = w.groups * cut.channel_parts * cut.filter_parts;
  cut.sums = cut.filters * cut.channels * w.kernel.h * w.kernel.w;
  const std::int64_t operands =
      w.batch * w.groups *
      (w.channels * w.input.h * w.input.w + w.filters * w.output.h * w.output.w);
  cut.slices = std::min({ceil_div(kTasks, cut.parts), w.products() / kTaskProducts,
                         w.batch * w.output.h, operands / (2 * cut.parts * cut.sums)});
  cut.slices = std::max<std::int64_t>(1, cut.slices);
  return cut;
}

GradientPart part_of(const Windows& w, const Cut& cut, std::int64_t index, std::int64_t slice,
                     double* sums) {
  GradientPart part;
  part.first_channel = index % cut.channel_parts * cut.channels;
  part.channels = std::min(cut.channels, w.channels - part.first_channel);
  index /= cut.channel_parts;
  part.first_filter = index % cut.filter_parts * cut.filters;
  part.filters = std::min(cut.filters, w.filters - part.first_filter);
  part.group = index / cut.filter_parts;
  part.first_row = slice * w.batch * w.output.h / cut.slices;
  part.last_row = (slice + 1) * w.batch * w.output.h / cut.slices;
  part.sums = sums;
  return part;
}

// As many threads as memory allows.
std::int64_t threads_of(const WeightGradient& job, const Cut& cut, const RunOptions& run) {
  const std::int64_t sums = 2 * cut.sums;  // doubles
  const std::int64_t part = HWY_DYNAMIC_DISPATCH(scratch_floats)(
      job, part_of(job.windows, cut, 0, 0, nullptr), cut.lanes_are_channels);
  const std::int64_t most = most_scratch(job.windows);
  return std::min(
      threads_for(run, job.windows.products()),
      cut.slices == 1 ? most / (part + sums) : (most - cut.parts * cut.slices * sums) / part);
}

void sum_up(const WeightGradient& job, const Cut& cut, const GradientPart& part) {
  std::fill_n(part.sums, cut.sums, 0.0);
  HWY_DYNAMIC_DISPATCH(add_part)(job, part, cut.lanes_are_channels);
}

// Writes the sums to the gradient. Returns whether all of it is finite.
bool write_part(const WeightGradient& job, const GradientPart& part) {
  const Windows& w = job.windows;
  const WeightStrides& strides = job.strides;
  float check = 0.0F;
  for (std::int64_t f = 0; f < part.filters; ++f) {
    for (std::int64_t i = 0; i < w.kernel.h; ++i) {
      for (std::int64_t j = 0; j < w.kernel.w; ++j) {
        const double* sums = part.sums_of(w, f, i * w.kernel.w + j);
        float* value = job.gradient + part.group * strides.group +
                       (part.first_filter + f) * strides.filter +
                       part.first_channel * strides.channel + i * strides.row + j * strides.column;
        for (std::int64_t c = 0; c < part.channels; ++c) {
          *value = rounded(sums[c]);
          check += *value * 0.0F;
          value += strides.channel;
        }
      }
    }
  }
  return check == 0.0F;
}

}  // namespace

bool gemm_weight_gradient(const WeightGradient& job, const RunOptions& run) {
  if (weight_gradient_product_applies(job)) {
    return weight_gradient_product(job, run);
  }
  if (channel_planes_gradient_applies(job.windows)) {
    return channel_planes_gradient(job, run);
  }
  const Windows& w = job.windows;
  const Cut cut = cut_of(w);
  const std::int64_t threads = threads_of(job, cut, run);
  if (threads <= 0) {
    return false;
  }
  std::atomic<bool> finite = true;
  const auto write = [&](const GradientPart& part) {
    if (!write_part(job, part)) {
      finite = false;
    }
  };
  const auto new_sums = [&](std::int64_t tasks) {
    // Not make_unique, which would write zeros.
    return std::unique_ptr<double[]>(new double[static_cast<std::size_t>(tasks * cut.sums)]);
  };
  if (cut.slices == 1) {
    run_tasks(run, cut.parts, threads, [&](std::int64_t index, std::int64_t) {
      const auto sums = new_sums(1);
      const GradientPart part = part_of(w, cut, index, 0, sums.get());
      sum_up(job, cut, part);
      write(part);
    });
    return finite;
  }
  const auto all_sums = new_sums(cut.parts * cut.slices);
  run_tasks(run, cut.parts * cut.slices, threads, [&](std::int64_t task, std::int64_t) {
    double* const sums = all_sums.get() + task * cut.sums;
    sum_up(job, cut, part_of(w, cut, task / cut.slices, task % cut.slices, sums));
  });
  for (std::int64_t index = 0; index < cut.parts && !cancelled(run); ++index) {
    double* const sums = all_sums.get() + index * cut.slices * cut.sums;
    for (std::int64_t slice = 1; slice < cut.slices; ++slice) {
      for (std::int64_t n = 0; n < cut.sums; ++n) {
        sums[n] += sums[slice * cut.sums + n];
      }
    }
    write(part_of(w, cut, index, 0, sums));
  }
  return finite;
}

}  // namespace convscope::conv::rungs
#endif
