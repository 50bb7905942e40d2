// Shapes: the gradient of 3x3 kernels, stride 1, dilation 1. Idea: the transpose of Winograd's
// F(4x4, 3x3) (winograd_points.h) with respect to the kernel,
//
//   gradient = G^T [ sum over tiles of (A errors A^T) * (B^T cells B) ] G,
//
// a panel of filters by a panel of channels at a time. The tiles are split into a few bands,
// regardless of the number of threads; each task sums one band block by block, and the bands' sums
// are added in order. Scratch memory: four times the weights for each band, and per thread 36
// values for each tile of a block and channel or filter of a panel; fewer bands, threads or tiles
// if that exceeds most_scratch().
#include <algorithm>
#include <atomic>
#include <optional>

#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"
#include "core/conv/rungs/winograd/winograd_axis.h"
#include "core/conv/rungs/winograd/winograd_points.h"
#include "core/conv/rungs/winograd/winograd_scratch.h"
#include "core/conv/rungs/winograd/winograd_tiles.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/winograd/winograd_weight_gradient.cpp"
#include "hwy/foreach_target.h"

// Must come after that, as they are compiled for each target.
#include "core/conv/rungs/winograd/winograd_errors-inl.h"
#include "core/conv/rungs/winograd/winograd_inputs-inl.h"
#include "core/conv/rungs/winograd/winograd_kernels-inl.h"
#include "core/conv/rungs/winograd/winograd_multiply-inl.h"
#include "hwy/highway.h"

#ifndef CONVSCOPE_WINOGRAD_WEIGHT_GRADIENT_ONCE_
#define CONVSCOPE_WINOGRAD_WEIGHT_GRADIENT_ONCE_
namespace convscope::conv::rungs {

// How the job is split, and the layout of its scratch memory.
struct GradientPlan {
  GradientPlan(const Windows& windows, std::int64_t most_tiles, std::int64_t most_bands)
      : axes(winograd_axes(windows).value()),
        blocks(windows.batch, axes, most_tiles),
        bands(std::min(most_bands, blocks.count)),
        filter_panel(std::min(kPanel, padded_to_lanes(windows.filters))),
        channel_panel(std::min(kPanel, padded_to_lanes(windows.channels))),
        filter_panels(ceil_div(windows.filters, filter_panel)),
        channel_panels(ceil_div(windows.channels, channel_panel)),
        panels(windows.groups * filter_panels * channel_panels),
        error_plane(plane_floats(blocks.tiles, filter_panel)),
        cell_plane(plane_floats(blocks.tiles, channel_panel)),
        sum_plane(plane_floats(filter_panel, channel_panel)) {}

  // For one band of one panel: its sums at the points.
  std::int64_t sum_floats() const { return kTilePoints * sum_plane; }
  // Per thread: packed cells, and errors and cells at the points.
  std::int64_t block_floats() const {
    return pack_floats(blocks.runs, axes.columns) + kTilePoints * (error_plane + cell_plane);
  }

  std::int64_t tasks() const { return panels * bands; }
  // The number of threads that fit in this many floats.
  std::int64_t room(std::int64_t most_floats) const {
    return std::max<std::int64_t>(0, most_floats - tasks() * sum_floats()) / block_floats();
  }

  WinogradAxes axes;
  TileBlocks blocks;
  std::int64_t bands;
  std::int64_t filter_panel;
  std::int64_t channel_panel;
  std::int64_t filter_panels;   // of a group
  std::int64_t channel_panels;  // of a group
  std::int64_t panels;          // pairs of them, in all groups
  std::int64_t error_plane;     // from point to point
  std::int64_t cell_plane;
  std::int64_t sum_plane;
};

// A panel of filters by a panel of channels.
struct GradientPanel {
  GradientPanel(const Windows& w, const GradientPlan& plan, std::int64_t index)
      : group(index / (plan.filter_panels * plan.channel_panels)),
        filter(index / plan.channel_panels % plan.filter_panels * plan.filter_panel),
        filters(std::min(plan.filter_panel, w.filters - filter)),
        channel(index % plan.channel_panels * plan.channel_panel),
        channels(std::min(plan.channel_panel, w.channels - channel)) {}

  std::int64_t group;
  std::int64_t filter;  // the first
  std::int64_t filters;
  std::int64_t channel;
  std::int64_t channels;
};

}  // namespace convscope::conv::rungs
#endif

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {

// The sums over one band of tiles: at [point][filter][channel]; unspecified if cancelled.
void sum_band(const WeightGradient& job, const GradientPlan& plan, const GradientPanel& panel,
              std::int64_t band, const RunOptions& run, float* memory, float* sums) {
  const Windows& w = job.windows;
  const TileBlocks& blocks = plan.blocks;
  const Points errors{memory + pack_floats(blocks.runs, plan.axes.columns), plan.error_plane,
                      plan.filter_panel};
  const Points cells{errors.data + kTilePoints * plan.error_plane, plan.cell_plane,
                     plan.channel_panel};
  const std::int64_t first = band * blocks.count / plan.bands;
  const std::int64_t last = (band + 1) * blocks.count / plan.bands;
  for (std::int64_t block = first; block < last && !cancelled(run); ++block) {
    const std::int64_t begin = blocks.begin(block);
    const std::int64_t end = blocks.begin(block + 1);
    transform_errors(w, job.errors, {panel.group, panel.filter, panel.filters, begin, end},
                     blocks.runs, memory, errors);
    transform_inputs(w, plan.axes, job.input,
                     {panel.group, panel.channel, panel.channels, begin, end}, blocks.runs, memory,
                     cells);
    Product product;
    product.scalars = errors.data;
    product.scalars_plane = errors.plane;
    product.scalars_row = 1;
    product.scalars_step = errors.row;
    product.vectors = cells.data;
    product.vectors_plane = cells.plane;
    product.vectors_step = cells.row;
    product.sums = sums;
    product.sums_plane = plan.sum_plane;
    product.sums_row = plan.channel_panel;
    product.count = blocks.runs.tiles(begin, end);
    product.add = block > first;
    multiply_points(product, panel.filters, panel.channels);
  }
}

// Adds the bands' sums of one filter and transforms them to its gradient; false if a value isn't
// finite.
bool finish_filter(const WeightGradient& job, const GradientPlan& plan, const GradientPanel& panel,
                   std::int64_t filter, const float* sums) {
  const WeightStrides& strides = job.strides;
  alignas(64) float check[kMostLanes] = {};  // NaN where a value isn't finite
  for (std::int64_t c = 0; c < panel.channels; c += kMostLanes) {
    alignas(64) Kernels points[kTilePoints];
    for (std::int64_t point = 0; point < kTilePoints; ++point) {
      const float* from = sums + point * plan.sum_plane + filter * plan.channel_panel + c;
      std::copy_n(from, kMostLanes, points[point]);
      for (std::int64_t band = 1; band < plan.bands; ++band) {
        from += plan.sum_floats();
        for (std::int64_t lane = 0; lane < kMostLanes; ++lane) {
          points[point][lane] += from[lane];
        }
      }
    }
    alignas(64) Kernels columns[18];
    for (std::int64_t j = 0; j < 6; ++j) {
      points_to_kernel(points + j, 6, columns + j, 6);
    }
    alignas(64) Kernels taps[9];
    for (std::int64_t i = 0; i < 3; ++i) {
      points_to_kernel(columns + 6 * i, 1, taps + 3 * i, 1);
    }
    const std::int64_t lanes = std::min(kMostLanes, panel.channels - c);
    float* gradient = job.gradient + panel.group * strides.group +
                      (panel.filter + filter) * strides.filter +
                      (panel.channel + c) * strides.channel;
    for (std::int64_t tap = 0; tap < 9; ++tap) {
      alignas(64) float values[kMostLanes];
      for (std::int64_t lane = 0; lane < kMostLanes; ++lane) {
        values[lane] = static_cast<float>(taps[tap][lane]);
      }
      float* to = gradient + tap / 3 * strides.row + tap % 3 * strides.column;
      for (std::int64_t lane = 0; lane < lanes; ++lane) {
        check[lane] += values[lane] * 0.0F;  // only lanes that are channels: others hold anything
        to[lane * strides.channel] = values[lane];
      }
    }
  }
  return std::all_of(check, check + kMostLanes, [](float value) { return value == 0.0F; });
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

HWY_EXPORT(sum_band);
HWY_EXPORT(finish_filter);

namespace {

constexpr std::int64_t kMostBands = 4;

std::optional<GradientPlan> plan_of(const Windows& windows) {
  for (std::int64_t bands = kMostBands; bands > 0; bands /= 2) {
    const auto plan = largest_plan(
        windows, [&](std::int64_t tiles) { return GradientPlan(windows, tiles, bands); });
    if (plan) {
      return plan;
    }
  }
  return std::nullopt;
}

}  // namespace

bool winograd_gradient_applies(const Windows& windows) {
  const Size2 once{1, 1};
  return windows.kernel == Size2{3, 3} && windows.stride == once && windows.dilation == once &&
         plan_of(windows).has_value();
}

bool winograd_weight_gradient(const WeightGradient& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const GradientPlan plan = plan_of(w).value();
  const std::int64_t threads =
      std::min({threads_for(run, w.products() / 4), plan.tasks(), plan.room(most_scratch(w))});
  const Scratch sums(plan.tasks() * plan.sum_floats());
  const Scratch memory(threads * plan.block_floats());
  run_tasks(run, plan.tasks(), threads, [&](std::int64_t index, std::int64_t worker) {
    HWY_DYNAMIC_DISPATCH(sum_band)
    (job, plan, GradientPanel(w, plan, index / plan.bands), index % plan.bands, run,
     memory.data() + worker * plan.block_floats(), sums.data() + index * plan.sum_floats());
  });
  if (cancelled(run)) {
    return true;
  }
  std::atomic<bool> finite = true;
  run_pass(run, plan.panels * plan.filter_panel, threads, [&](std::int64_t index, std::int64_t) {
    const std::int64_t panel_index = index / plan.filter_panel;
    const GradientPanel panel(w, plan, panel_index);
    const std::int64_t filter = index % plan.filter_panel;
    if (filter < panel.filters &&
        !HWY_DYNAMIC_DISPATCH(finish_filter)(
            job, plan, panel, filter, sums.data() + panel_index * plan.bands * plan.sum_floats())) {
      finite = false;
    }
  });
  return finite;
}

}  // namespace convscope::conv::rungs
#endif
