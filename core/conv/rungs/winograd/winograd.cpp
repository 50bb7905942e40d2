// Shapes: those that winograd_axis.h can split: kernels of 2 to 5 taps each way, dilated ones,
// larger ones with a stride, transposed layers.
// Idea: Winograd's F(7 - r, r) (winograd_points.h), a block of about 60 tiles at a time so that its
// values stay in the second-level cache. Vectors hold channels when cells become points, and
// filters from the products on: no lane is lost at the borders of maps, and the 36 products are
// plain matrix products whatever tiles are in the block. A task is a block and transforms its own
// inputs. If a map has few blocks, all inputs are transformed first, and a task is one panel of
// filters of a block.
// Scratch memory: 36 values for each kernel of r by r taps (with filters padded by at most 16
// lanes); for each tile and channel of a block, per thread, or of all blocks if these are few; and
// for each tile and panel of filters of a thread. Fewer threads or tiles if that exceeds
// most_scratch().
#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"
#include "core/conv/rungs/winograd/winograd_axis.h"
#include "core/conv/rungs/winograd/winograd_cost.h"
#include "core/conv/rungs/winograd/winograd_plan.h"
#include "core/conv/rungs/winograd/winograd_scratch.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/winograd/winograd.cpp"
#include "hwy/foreach_target.h"

// Must come after that, as they are compiled for each target.
#include "core/conv/rungs/winograd/winograd_inputs-inl.h"
#include "core/conv/rungs/winograd/winograd_kernels-inl.h"
#include "core/conv/rungs/winograd/winograd_multiply-inl.h"
#include "core/conv/rungs/winograd/winograd_outputs-inl.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {

// G kernel G^T for a panel of a group's filters and the plan's channels [begin, end): at
// [point][channel][filter], the points `plane` floats apart, `to` at channel `begin`.
void transform_kernels(const Correlation& job, const WinogradPlan& plan, std::int64_t group,
                       std::int64_t panel, std::int64_t begin, std::int64_t end, float* to,
                       std::int64_t plane) {
  constexpr std::int64_t kTapFloats = 4096;  // they stay in the first-level cache
  const auto to_points = of_taps<KernelsToPoints>(plan.axes);
  KernelReader reader(job, plan.axes);
  const std::int64_t phases = plan.axes.filter_phases();
  const std::int64_t width = plan.width(panel);
  const std::int64_t count = plan.axes.rows.taps * plan.axes.columns.taps * kMostLanes;
  alignas(64) float taps[kTapFloats];
  const auto transform = [&](const float* from, std::int64_t channel, std::int64_t v) {
    for (std::int64_t lane = 0; lane < kMostLanes; lane += kLanes) {
      to_points(from + lane, to + (channel - begin) * width + v + lane, plane);
    }
  };
  for (std::int64_t v = 0; v < width; v += kMostLanes * phases) {
    const std::int64_t filter = panel * plan.panel + v / phases;
    const std::int64_t lanes = std::min(kMostLanes, job.windows.filters - filter);
    if (reader.in_order() && lanes == kMostLanes) {
      const std::int64_t channels = kTapFloats / count;
      for (std::int64_t first = begin; first < end; first += channels) {
        const std::int64_t last = std::min(first + channels, end);
        reader.read_in_order(job.weight_at(group, filter, first),
                             (last - first) * count / kMostLanes, taps);
        for (std::int64_t c = first; c < last; ++c) {
          transform(taps + (c - first) * count, c, v);
        }
      }
      continue;
    }
    for (std::int64_t c = begin; c < end; ++c) {
      const ChannelPhase at(c, job.windows.channels, plan.axes.channel_phases());
      reader.begin(job.weight_at(group, filter, at.channel), lanes);
      for (std::int64_t phase = 0; phase < phases; ++phase) {
        reader.read(at.phase, phase, taps);
        transform(taps, c, v + phase * kMostLanes);
      }
    }
  }
}

// B^T cells B of the tiles of a block, for channels [channel, channel + count) of the group: whole
// vectors of them, or up to the last channel. `memory`: plan.row_floats().
void transform_block(const Correlation& job, const WinogradPlan& plan, const WinogradBlock& block,
                     std::int64_t channel, std::int64_t count, float* memory) {
  const Part part{block.group, channel, count, plan.blocks.begin(block.index),
                  plan.blocks.begin(block.index + 1)};
  const Points cells{block.cells + channel * plan.axes.channel_phases(), plan.cell_plane,
                     plan.cell_row};
  transform_inputs(job.windows, plan.axes, job.input, part, plan.blocks.runs, memory, cells);
}

// The outputs of one panel of filters in a block; false if any isn't finite. `kernels`: all of them
// at the points; not used if the plan has pieces. `memory`: plan.thread_floats().
bool compute_panel(const Correlation& job, const WinogradPlan& plan, const WinogradBlock& block,
                   std::int64_t panel, const float* kernels, float* memory) {
  const TileRuns& runs = plan.blocks.runs;
  const std::int64_t begin = plan.blocks.begin(block.index);
  const std::int64_t end = plan.blocks.begin(block.index + 1);
  const std::int64_t phases = plan.axes.filter_phases();
  const std::int64_t filter = panel * plan.panel;
  const std::int64_t filters = std::min(plan.panel, job.windows.filters - filter);
  const std::int64_t tiles = runs.tiles(begin, end);
  const Points sums{memory + plan.row_floats(), plan.sum_plane, plan.sum_row};
  Product product;
  product.scalars = block.cells;
  product.scalars_plane = plan.cell_plane;
  product.scalars_row = plan.cell_row;
  product.scalars_step = 1;
  product.vectors_step = plan.width(panel);
  product.sums = sums.data;
  product.sums_plane = sums.plane;
  product.sums_row = sums.row;
  const std::int64_t width = phases == 1 ? filters : plan.width(panel);
  if (plan.piece == 0) {
    product.vectors = kernels + plan.kernels_at(block.group, panel);
    product.vectors_plane = plan.kernel_plane(panel);
    product.count = plan.channels;
    multiply_points(product, tiles, width);
  } else {
    float* piece = sums.data + kTilePoints * plan.sum_plane;
    product.vectors = piece;
    product.vectors_plane = plan.piece_plane(panel);
    for (std::int64_t c = 0; c < plan.channels; c += plan.piece) {
      product.count = std::min(plan.piece, plan.channels - c);
      transform_kernels(job, plan, block.group, panel, c, c + product.count, piece,
                        product.vectors_plane);
      multiply_points(product, tiles, width);
      product.scalars += product.count;
      product.add = true;
    }
  }
  Vector check = hn::Zero(Lane());
  std::int64_t tile = 0;
  for (std::int64_t index = begin; index < end; ++index) {
    const TileRun run = runs.at(index);
    for (std::int64_t k = 0; k < filters; k += kLanes) {
      const std::int64_t lane = k % kMostLanes;
      const Points of_run{sums.at(tile, (k - lane) * phases + lane), sums.plane, sums.row};
      check = hn::Add(check, write_run(job, plan, run, block.group, filter + k,
                                       std::min(kLanes, filters - k), of_run, memory));
    }
    tile += run.count * plan.axes.columns.tile_phases;
  }
  return hn::AllTrue(Lane(), hn::Eq(check, hn::Zero(Lane())));
}

}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

HWY_EXPORT(transform_kernels);
HWY_EXPORT(transform_block);
HWY_EXPORT(compute_panel);

namespace {

// Channels whose kernels, or whose cells of a block, one task transforms.
constexpr std::int64_t kTaskChannels = kMostLanes;

Correlation correlation_of(const Transposed& job) {
  Correlation as;
  as.windows = windows_of_transpose(job.windows);
  as.windows.mode = PaddingMode::kZeros;
  as.input = job.values;
  as.weight = job.weight;
  as.weight_strides = job.weight_strides;
  std::swap(as.weight_strides.channel, as.weight_strides.filter);
  as.bias = job.bias;
  as.output = job.output;
  return as;
}

// A layer's computation: its memory, and what its tasks do.
class Computation {
 public:
  Computation(const Correlation& job, const WinogradPlan& plan, std::int64_t threads)
      : job_(job),
        plan_(plan),
        kernels_(plan.kernel_floats()),
        cells_(plan.cell_floats() * (plan.by_panels ? plan.all_blocks() : threads)),
        memory_(threads * plan.thread_floats()) {}

  // Transforms kernels and, if tasks share them, cells: tasks [0, to_points()).
  std::int64_t to_points() const {
    return kernel_tasks() + (plan_.by_panels ? plan_.all_blocks() * cell_parts() : 0);
  }
  void transform(std::int64_t index, std::int64_t worker) const {
    if (index < kernel_tasks()) {
      transform_kernels_of(index);
    } else {
      const std::int64_t at = index - kernel_tasks();
      const std::int64_t channel = at % cell_parts() * kTaskChannels;
      transform_cells_of(block(at / cell_parts(), worker), channel,
                         std::min(kTaskChannels, job_.windows.channels - channel), worker);
    }
  }

  // Computes outputs: tasks [0, plan.tasks()). False if any isn't finite.
  bool compute(std::int64_t index, std::int64_t worker) const {
    if (plan_.by_panels) {
      return compute_panel_of(block(index % plan_.all_blocks(), worker), index / plan_.all_blocks(),
                              worker);
    }
    const WinogradBlock of = block(index, worker);
    transform_cells_of(of, 0, job_.windows.channels, worker);
    bool finite = true;
    for (std::int64_t panel = 0; panel < plan_.panels; ++panel) {
      finite &= compute_panel_of(of, panel, worker);
    }
    return finite;
  }

 private:
  std::int64_t kernel_parts() const { return ceil_div(plan_.channels, kTaskChannels); }
  std::int64_t kernel_tasks() const {
    return plan_.piece > 0 ? 0 : plan_.groups * plan_.panels * kernel_parts();
  }
  std::int64_t cell_parts() const { return ceil_div(job_.windows.channels, kTaskChannels); }
  float* memory(std::int64_t worker) const {
    return memory_.data() + worker * plan_.thread_floats();
  }
  WinogradBlock block(std::int64_t index, std::int64_t worker) const {
    return {index / plan_.blocks.count, index % plan_.blocks.count,
            cells_.data() + (plan_.by_panels ? index : worker) * plan_.cell_floats()};
  }
  void transform_kernels_of(std::int64_t index) const {
    const std::int64_t panel = index / kernel_parts() % plan_.panels;
    const std::int64_t group = index / kernel_parts() / plan_.panels;
    const std::int64_t begin = index % kernel_parts() * kTaskChannels;
    HWY_DYNAMIC_DISPATCH(transform_kernels)
    (job_, plan_, group, panel, begin, std::min(begin + kTaskChannels, plan_.channels),
     kernels_.data() + plan_.kernels_at(group, panel) + begin * plan_.width(panel),
     plan_.kernel_plane(panel));
  }
  void transform_cells_of(const WinogradBlock& of, std::int64_t channel, std::int64_t count,
                          std::int64_t worker) const {
    HWY_DYNAMIC_DISPATCH(transform_block)(job_, plan_, of, channel, count, memory(worker));
  }
  bool compute_panel_of(const WinogradBlock& of, std::int64_t panel, std::int64_t worker) const {
    return HWY_DYNAMIC_DISPATCH(compute_panel)(job_, plan_, of, panel, kernels_.data(),
                                               memory(worker));
  }

  const Correlation& job_;
  const WinogradPlan& plan_;
  Scratch kernels_;
  Scratch cells_;   // of all blocks, or of each thread's block
  Scratch memory_;  // of each thread
};

bool compute(const Correlation& job, const std::optional<WinogradAxes>& axes,
             const RunOptions& run) {
  const WinogradPlan plan = winograd_plan(job.windows, axes).value();
  const WinogradCost work = winograd_cost(job.windows, *axes);
  const std::int64_t threads = std::min({threads_for(run, static_cast<std::int64_t>(work.tiles)),
                                         plan.tasks(), plan.room(most_scratch(job.windows))});
  const Computation computation(job, plan, threads);
  run_pass(run, computation.to_points(),
           std::min(threads, threads_for(run, static_cast<std::int64_t>(work.kernels))),
           [&](std::int64_t index, std::int64_t worker) { computation.transform(index, worker); });
  std::atomic<bool> finite = true;
  run_tasks(run, plan.tasks(), threads, [&](std::int64_t index, std::int64_t worker) {
    if (!computation.compute(index, worker)) {
      finite = false;
    }
  });
  return finite;
}

}  // namespace

bool winograd_applies(const Windows& windows) {
  return winograd_plan(windows, winograd_axes(windows)).has_value();
}

bool winograd_transposed_applies(const Windows& windows) {
  return winograd_plan(windows_of_transpose(windows), transposed_axes(windows)).has_value();
}

bool winograd(const Correlation& job, const RunOptions& run) {
  return compute(job, winograd_axes(job.windows), run);
}

bool winograd_transposed(const Transposed& job, const RunOptions& run) {
  return compute(correlation_of(job), transposed_axes(job.windows), run);
}

}  // namespace convscope::conv::rungs
#endif
