// Shapes: what winograd_axis.h takes apart: kernels of 2 to 5 taps each way, dilated ones, larger
// ones with a stride, transposed layers. Idea: Winograd's F(7 - r, r) (winograd_plan.h), a block of
// some 60 tiles at a time so that its values stay in the second-level cache. A channel in each lane
// as cells become points, a filter in each lane from the products on: no lane is lost at the
// borders of maps, and whatever the stretch of tiles, the 36 products are plain matrix products.
// A task is a block, the inputs' points made by it. Where a map has few blocks, all inputs become
// points first, and a task is one panel of filters of a block.
// Scratch memory: 36 values for each kernel of r by r taps (at most 16 lanes more of filters); for
// each tile of a block and channel, of each thread or of all blocks where these are few; and for
// each tile and panel of filters of a thread. Fewer threads or tiles where that were more than
// most_scratch().
#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "core/conv/parallel.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"
#include "core/conv/rungs/winograd_plan.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/winograd.cpp"
#include "hwy/foreach_target.h"

// After that, as they are compiled for each target.
#include "core/conv/rungs/winograd_multiply-inl.h"
#include "core/conv/rungs/winograd_pack-inl.h"
#include "core/conv/rungs/winograd_transforms-inl.h"
#include "hwy/highway.h"

#ifndef CONVSCOPE_WINOGRAD_ONCE_
#define CONVSCOPE_WINOGRAD_ONCE_
namespace convscope {

// How the job is cut, and where its scratch memory lies. All filter phases of kMostLanes filters
// follow one another: a panel computes all phases of its outputs.
struct WinogradPlan {
  WinogradPlan(const Windows& windows, const WinogradAxes& of_axes, std::int64_t most_tiles)
      : axes(of_axes),
        groups(windows.groups),
        panel(std::min(most_panel(axes), padded_to_lanes(windows.filters))),
        panels(ceil_div(windows.filters, panel)),
        blocks(windows.batch, axes, most_tiles, least_blocks(windows.batch * axes.tiles())),
        by_panels(panels > 1 && groups * blocks.count < kManyBlocks),
        last_panel(padded_to_lanes(windows.filters) - (panels - 1) * panel),
        channels(windows.channels * axes.channel_phases()),
        cell_row(padded_to_lanes(channels)),
        cell_plane(plane_floats(blocks.tiles, cell_row)),
        sum_row(panel * axes.filter_phases()),
        sum_plane(plane_floats(blocks.tiles, sum_row)) {}

  // Tasks that a small map is cut into; blocks from which on each is one task. Whatever the number
  // of threads: a few cost one thread little.
  static constexpr std::int64_t kLeastTasks = 4;
  static constexpr std::int64_t kManyBlocks = 8;
  // With fewer tiles to a block the kernels are read more than they are used.
  static constexpr std::int64_t kLeastTiles = 12;

  std::int64_t least_blocks(std::int64_t tiles) const {
    return std::clamp<std::int64_t>(tiles / kLeastTiles, 1, ceil_div(kLeastTasks, groups * panels));
  }
  static std::int64_t most_panel(const WinogradAxes& axes) {
    return std::max(kMostLanes, kPanel / axes.filter_phases() / kMostLanes * kMostLanes);
  }
  // Of the kernels at the points: a panel's place in a group, and from point to point.
  std::int64_t width(std::int64_t index) const {
    return (index + 1 < panels ? panel : last_panel) * axes.filter_phases();
  }
  std::int64_t kernel_plane(std::int64_t index) const {
    return plane_floats(channels, width(index));
  }
  std::int64_t kernels_at(std::int64_t group, std::int64_t index) const {
    const std::int64_t whole = (panels - 1) * kTilePoints * kernel_plane(0);
    return group * (whole + kTilePoints * kernel_plane(panels - 1)) +
           index * kTilePoints * kernel_plane(0);
  }
  std::int64_t kernel_floats() const { return kernels_at(groups, 0); }
  // Packed cells; later, one row of tiles of outputs.
  std::int64_t row_floats() const {
    const std::int64_t outputs =
        axes.rows.tile() * axes.columns.outputs_of(blocks.runs.most_columns()) * kMostLanes;
    return std::max(pack_floats(blocks.runs, axes.columns), outputs);
  }
  std::int64_t all_blocks() const { return groups * blocks.count; }
  std::int64_t tasks() const { return all_blocks() * (by_panels ? panels : 1); }
  std::int64_t cell_floats() const { return kTilePoints * cell_plane; }  // of a block
  // Of one thread: that, and sums at the points.
  std::int64_t thread_floats() const { return row_floats() + kTilePoints * sum_plane; }
  // The threads that so many floats are enough for.
  std::int64_t room(std::int64_t most_floats) const {
    const std::int64_t all_cells = by_panels ? all_blocks() * cell_floats() : 0;
    const std::int64_t own_cells = by_panels ? 0 : cell_floats();
    return std::max<std::int64_t>(0, most_floats - kernel_floats() - all_cells) /
           (thread_floats() + own_cells);
  }

  WinogradAxes axes;
  std::int64_t groups;
  std::int64_t panel;       // filters worked on at a time
  std::int64_t panels;      // of a group
  TileBlocks blocks;        // of a group
  bool by_panels;           // a task is a panel of a block, not a whole block
  std::int64_t last_panel;  // filters of the last one, padded
  std::int64_t channels;    // of a group, all phases
  std::int64_t cell_row;    // from tile to tile
  std::int64_t cell_plane;  // from point to point
  std::int64_t sum_row;
  std::int64_t sum_plane;
};

// A block of one group: its index among the group's, and its cells at the points.
struct Block {
  std::int64_t group = 0;
  std::int64_t index = 0;
  float* cells = nullptr;
};

}  // namespace convscope
#endif

HWY_BEFORE_NAMESPACE();
namespace convscope::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// G kernels G^T of kRows x kColumns taps each: 36 times kMostLanes values, `plane` floats from
// point to point.
template <int kRows, int kColumns>
void kernels_to_points(const Kernels* taps, float* points, std::int64_t plane) {
  alignas(64) Kernels columns[kTileCells * kColumns];
  for (std::int64_t j = 0; j < kColumns; ++j) {
    kernel_to_points<kRows>(taps + j, kColumns, columns[j], kColumns * kMostLanes);
  }
  for (std::int64_t i = 0; i < kTileCells; ++i) {
    kernel_to_points<kColumns>(columns + kColumns * i, 1, points + kTileCells * i * plane, plane);
  }
}

// A^T sums A of one tile, kLanes filters: to `outputs` at [row][column][filter], `pitch` floats
// from row to row, `step` from column to column. NaN enters `check` where one isn't finite.
template <int kRows, int kColumns>
void sums_to_outputs(const float* sums, std::int64_t plane, Vector bias, float* outputs,
                     std::int64_t pitch, std::int64_t step, Vector& check) {
  const Lane d;
  Vector rows[6][kColumns];
  for (int i = 0; i < 6; ++i) {
    Vector points[6];
    for (int j = 0; j < 6; ++j) {
      points[j] = hn::Load(d, sums + (6 * i + j) * plane);
    }
    points_to_outputs(points, rows[i]);
  }
  for (int s = 0; s < kColumns; ++s) {
    Vector points[6];
    for (int i = 0; i < 6; ++i) {
      points[i] = rows[i][s];
    }
    Vector column[kRows];
    points_to_outputs(points, column);
    for (int r = 0; r < kRows; ++r) {
      const Vector value = hn::Add(column[r], bias);
      check = hn::MulAdd(value, hn::Zero(d), check);
      hn::Store(value, d, outputs + r * pitch + s * step);
    }
  }
}

// The transforms for each pair of taps.
struct Transforms {
  void (*kernels)(const Kernels* taps, float* points, std::int64_t plane);
  void (*outputs)(const float* sums, std::int64_t plane, Vector bias, float* outputs,
                  std::int64_t pitch, std::int64_t step, Vector& check);
};

inline Transforms transforms_of(const WinogradAxes& axes) {
  constexpr int kLeast = kLeastTaps;
  constexpr int kCount = kMostTaps - kLeastTaps + 1;
  constexpr int kSum = kTileCells + 1;  // of taps and outputs
  static constexpr auto kTransforms = []<int... kIndex>(std::integer_sequence<int, kIndex...>) {
    return std::array{Transforms{
        kernels_to_points<kLeast + kIndex / kCount, kLeast + kIndex % kCount>,
        sums_to_outputs<kSum - kLeast - kIndex / kCount, kSum - kLeast - kIndex % kCount>}...};
  }(std::make_integer_sequence<int, kCount * kCount>());
  return kTransforms[static_cast<std::size_t>((axes.rows.taps - kLeast) * kCount +
                                              axes.columns.taps - kLeast)];
}

// The channel and its phase that a channel of the plan is, as transform_inputs() lays them.
struct ChannelPhase {
  ChannelPhase(std::int64_t index, std::int64_t channels, std::int64_t phases) {
    const std::int64_t first = index / (kLanes * phases) * kLanes;
    const std::int64_t together = std::min(kLanes, channels - first);
    channel = first + (index - first * phases) % together;
    phase = (index - first * phases) / together;
  }
  std::int64_t channel;
  std::int64_t phase;
};

// The taps of up to kMostLanes kernels in the layout of `axes`.
void load_taps(const WinogradAxes& axes, const WeightStrides& strides, const float* weight,
               std::int64_t lanes, std::int64_t channel_phase, std::int64_t filter_phase,
               Kernels* taps) {
  const auto phase_of = [](std::int64_t phase, std::int64_t columns) {
    return std::pair(phase / columns, phase % columns);
  };
  const auto [c_row, c_column] = phase_of(channel_phase, axes.columns.channel_phases);
  const auto [f_row, f_column] = phase_of(filter_phase, axes.columns.filter_phases());
  for (std::int64_t i = 0; i < axes.rows.taps; ++i) {
    for (std::int64_t j = 0; j < axes.columns.taps; ++j) {
      const std::int64_t row = axes.rows.tap(c_row, f_row, i);
      const std::int64_t column = axes.columns.tap(c_column, f_column, j);
      double* to = taps[i * axes.columns.taps + j];
      std::fill_n(to, kMostLanes, 0.0);
      if (row >= 0 && column >= 0) {
        const float* from = weight + row * strides.row + column * strides.column;
        for (std::int64_t lane = 0; lane < lanes; ++lane) {
          to[lane] = from[lane * strides.filter];
        }
      }
    }
  }
}

// G kernel G^T for a panel of a group's filters and all channels of the plan in [begin, end): at
// [point][channel][filter].
void transform_kernels(const Correlation& job, const WinogradPlan& plan, std::int64_t group,
                       std::int64_t panel, std::int64_t begin, std::int64_t end, float* to) {
  const auto to_points = transforms_of(plan.axes).kernels;
  const std::int64_t phases = plan.axes.filter_phases();
  const std::int64_t width = plan.width(panel);
  for (std::int64_t c = begin; c < end; ++c) {
    const ChannelPhase at(c, job.windows.channels, plan.axes.channel_phases());
    for (std::int64_t v = 0; v < width; v += kMostLanes) {
      const std::int64_t filter = panel * plan.panel + v / (kMostLanes * phases) * kMostLanes;
      alignas(64) Kernels taps[kMostTaps * kMostTaps];
      load_taps(plan.axes, job.weight_strides, job.weight_at(group, filter, at.channel),
                std::min(kMostLanes, job.windows.filters - filter), at.phase,
                v / kMostLanes % phases, taps);
      to_points(taps, to + c * width + v, plan.kernel_plane(panel));
    }
  }
}

// Columns of up to kLanes filters: `outputs` at [column][filter] to rows `pitch` apart.
inline void store_columns(const float* outputs, std::int64_t filters, std::int64_t columns,
                          float* to, std::int64_t pitch) {
  if constexpr (kLanes == 1) {
    std::copy_n(outputs, columns, to);
    return;
  }
  if (filters == kLanes && columns >= kLanes) {
    for (std::int64_t x = 0; x < columns; x += kLanes) {
      const std::int64_t first = std::min(x, columns - kLanes);  // the last may repeat some
      transpose(outputs + first * kLanes, kLanes, to + first, pitch);
    }
    return;
  }
  for (std::int64_t x = 0; x < columns; x += kLanes) {
    alignas(64) Square turned;
    transpose(outputs + x * kLanes, kLanes, turned.data(), kLanes);
    for (std::int64_t k = 0; k < filters; ++k) {
      std::copy_n(turned.data() + k * kLanes, std::min(kLanes, columns - x), to + k * pitch + x);
    }
  }
}

// Columns of the output, [begin, end).
struct Span {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};

// Those that a run computes of one phase, whose outputs are those of its tile phases too.
inline Span columns_of(const WinogradAxis& axis, const TileRun& run, std::int64_t phase) {
  const std::int64_t lag = axis.filters_of(phase).lag;
  const auto column = [&](std::int64_t tile) {
    return axis.output_step() * (tile * axis.tile() - lag);
  };
  return {std::max<std::int64_t>(0, column(run.column)),
          std::min(axis.output, column(run.column + run.count))};
}

// One row of a run's outputs, at [column][filter] from column `first` on, to the maps. Where one
// phase lags behind another, single columns stand at both ends.
inline void store_row(const WinogradAxis& axis, const TileRun& run, const float* outputs,
                      std::int64_t first, std::int64_t filters, float* to, std::int64_t pitch) {
  Span all = columns_of(axis, run, 0);
  Span any = all;
  for (std::int64_t phase = 1; phase < axis.filter_phases(); ++phase) {
    const Span columns = columns_of(axis, run, phase);
    all = {std::max(all.begin, columns.begin), std::min(all.end, columns.end)};
    any = {std::min(any.begin, columns.begin), std::max(any.end, columns.end)};
  }
  all.end = std::max(all.begin, all.end);
  store_columns(outputs + (all.begin - first) * kLanes, filters, all.end - all.begin,
                to + all.begin, pitch);
  const auto store_ragged = [&](Span ragged) {
    for (std::int64_t x = ragged.begin; x < ragged.end; ++x) {
      const Span columns = columns_of(axis, run, x % axis.filter_phases());
      if (x >= columns.begin && x < columns.end) {
        for (std::int64_t k = 0; k < filters; ++k) {
          to[k * pitch + x] = outputs[(x - first) * kLanes + k];
        }
      }
    }
  };
  store_ragged({any.begin, std::min(any.end, all.begin)});
  store_ragged({std::max(any.begin, all.end), any.end});
}

// A run's outputs for filters [filter, filter + count) of a group, count at most kLanes, from their
// sums at the points, which lie kMostLanes apart from phase to phase. Returns 0 in all lanes, or
// NaN where a value isn't finite. `memory`: plan.row_floats().
Vector write_run(const Correlation& job, const WinogradPlan& plan, const TileRun& run,
                 std::int64_t group, std::int64_t filter, std::int64_t count, const Points& sums,
                 float* memory) {
  const Windows& w = job.windows;
  const WinogradAxis& rows = plan.axes.rows;
  const WinogradAxis& columns = plan.axes.columns;
  const auto to_outputs = transforms_of(plan.axes).outputs;
  const Lane d;
  const std::int64_t map = (run.n * w.groups + group) * w.filters + filter;
  alignas(64) float biases[kLanes] = {};
  if (job.bias != nullptr) {
    std::copy_n(job.bias + group * w.filters + filter, count, biases);
  }
  const Vector bias = hn::Load(d, biases);
  Vector check = hn::Zero(d);
  const std::int64_t step = columns.output_step();
  const std::int64_t lag = columns.most_lag();
  const std::int64_t pitch = columns.outputs_of(run.count) * kLanes;
  const std::int64_t first = step * (run.column * columns.tile() - lag);
  for (std::int64_t p = 0; p < rows.filter_phases(); ++p) {
    for (std::int64_t phase = 0; phase < step; ++phase) {
      const std::int64_t q = phase % columns.filter_phases();
      const std::int64_t tile_phase = phase % columns.tile_phases;
      const float* from =
          sums.at(tile_phase * run.count, (p * columns.filter_phases() + q) * kMostLanes);
      const std::int64_t begin = step * (lag - columns.filters_of(q).lag) + phase;
      for (std::int64_t t = 0; t < run.count; ++t) {
        to_outputs(from + t * sums.row, sums.plane, bias,
                   memory + (begin + step * t * columns.tile()) * kLanes, pitch, step * kLanes,
                   check);
      }
    }
    for (std::int64_t r = 0; r < rows.tile(); ++r) {
      const std::int64_t y =
          rows.output_step() * (run.row * rows.tile() + r - rows.filters_of(p).lag) + run.phase + p;
      if (y >= 0 && y < w.output.h) {
        store_row(columns, run, memory + r * pitch, first, count,
                  job.output + (map * w.output.h + y) * w.output.w, w.output.h * w.output.w);
      }
    }
  }
  return check;
}

// B^T cells B of the tiles of a block, for channels [channel, channel + count) of the group, whole
// vectors of them or up to the last. `memory`: plan.row_floats().
void transform_block(const Correlation& job, const WinogradPlan& plan, const Block& block,
                     std::int64_t channel, std::int64_t count, float* memory) {
  const Part part{block.group, channel, count, plan.blocks.begin(block.index),
                  plan.blocks.begin(block.index + 1)};
  const Points cells{block.cells + channel * plan.axes.channel_phases(), plan.cell_plane,
                     plan.cell_row};
  transform_inputs(job.windows, plan.axes, job.input, part, plan.blocks.runs, memory, cells);
}

// The outputs of one panel of filters in a block; false when one isn't finite. `memory`:
// plan.row_floats() and the sums.
bool compute_panel(const Correlation& job, const WinogradPlan& plan, const Block& block,
                   std::int64_t panel, const float* kernels, float* memory) {
  const TileRuns& runs = plan.blocks.runs;
  const std::int64_t begin = plan.blocks.begin(block.index);
  const std::int64_t end = plan.blocks.begin(block.index + 1);
  const std::int64_t phases = plan.axes.filter_phases();
  const std::int64_t filter = panel * plan.panel;
  const std::int64_t filters = std::min(plan.panel, job.windows.filters - filter);
  const std::int64_t tiles = runs.tiles(begin, end);
  const Points sums{memory + plan.row_floats(), plan.sum_plane, plan.sum_row};
  for (std::int64_t point = 0; point < kTilePoints; ++point) {
    Product product;
    product.scalars = block.cells + point * plan.cell_plane;
    product.scalars_row = plan.cell_row;
    product.scalars_step = 1;
    product.vectors =
        kernels + plan.kernels_at(block.group, panel) + point * plan.kernel_plane(panel);
    product.vectors_step = plan.width(panel);
    product.sums = sums.data + point * sums.plane;
    product.sums_row = sums.row;
    product.count = plan.channels;
    multiply(product, tiles, phases == 1 ? filters : plan.width(panel));
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

}  // namespace convscope::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope {

HWY_EXPORT(transform_kernels);
HWY_EXPORT(transform_block);
HWY_EXPORT(compute_panel);

namespace {

// Tiles of a block where memory allows.
constexpr std::int64_t kBlockTiles = 64;

// Channels whose kernels, or whose cells of a block, are one task to transform.
constexpr std::int64_t kTaskChannels = kMostLanes;

std::optional<WinogradPlan> plan_within(const Windows& windows,
                                        const std::optional<WinogradAxes>& axes,
                                        std::int64_t most_floats) {
  for (std::int64_t tiles = axes ? kBlockTiles : 0; tiles > 0; tiles /= 2) {
    WinogradPlan plan(windows, *axes, tiles);
    plan.by_panels = plan.by_panels && plan.room(most_floats) > 0;
    if (plan.room(most_floats) > 0) {
      return plan;
    }
  }
  return std::nullopt;
}

// Of a transpose as a correlation of its values, but for its axes.
Windows turned(Windows windows) {
  std::swap(windows.channels, windows.filters);
  std::swap(windows.input, windows.output);
  return windows;
}

Correlation turned(const Transposed& job) {
  Correlation as;
  as.windows = turned(job.windows);
  as.windows.mode = PaddingMode::kZeros;
  as.input = job.values;
  as.weight = job.weight;
  as.weight_strides = job.weight_strides;
  std::swap(as.weight_strides.channel, as.weight_strides.filter);
  as.bias = job.bias;
  as.output = job.output;
  return as;
}

// In products, as measured.
struct Cost {
  double kernels = 0;  // to make points of them
  double tiles = 0;    // all else
};

// Kernels that outgrow the cache come from and go to memory that is new to the process.
Cost cost(const Windows& w, const WinogradAxes& axes) {
  constexpr double kProduct = 1.15;
  constexpr double kCell = 8;
  constexpr double kSum = 8;
  constexpr double kKernel = 24;
  constexpr double kKernelInMemory = 150;
  constexpr double kCachedKernels = 1 << 17;
  const auto points = static_cast<double>(w.groups * kTilePoints);
  const auto tiles = static_cast<double>(w.batch * axes.tiles());
  const auto channels = static_cast<double>(w.channels * axes.channel_phases());
  const auto cells = static_cast<double>(padded_to_lanes(w.channels) * axes.channel_phases());
  const auto filters = static_cast<double>(padded_to_lanes(w.filters) * axes.filter_phases());
  const double kernels = channels * filters;
  return {points * (kernels > kCachedKernels ? kKernelInMemory : kKernel) * kernels,
          points * tiles * (kProduct * kernels + kCell * cells + kSum * filters)};
}

bool pays(const Windows& w, const std::optional<WinogradAxes>& axes, std::int64_t products) {
  constexpr std::int64_t kLeastSum = 12;  // channels, all phases: few cost accuracy for little
  if (!axes || w.channels * axes->channel_phases() < kLeastSum || w.filters < kMostLanes) {
    return false;
  }
  const Cost all = cost(w, *axes);
  return all.kernels + all.tiles < static_cast<double>(products);
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

  // Kernels and, where tasks share them, cells: tasks [0, to_points()).
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

  // Outputs: tasks [0, plan.tasks()). False when one isn't finite.
  bool compute(std::int64_t index, std::int64_t worker) const {
    if (plan_.by_panels) {
      return compute_panel_of(block(index % plan_.all_blocks(), worker), index / plan_.all_blocks(),
                              worker);
    }
    const Block of = block(index, worker);
    transform_cells_of(of, 0, job_.windows.channels, worker);
    bool finite = true;
    for (std::int64_t panel = 0; panel < plan_.panels; ++panel) {
      finite &= compute_panel_of(of, panel, worker);
    }
    return finite;
  }

 private:
  std::int64_t kernel_parts() const { return ceil_div(plan_.channels, kTaskChannels); }
  std::int64_t kernel_tasks() const { return plan_.groups * plan_.panels * kernel_parts(); }
  std::int64_t cell_parts() const { return ceil_div(job_.windows.channels, kTaskChannels); }
  float* memory(std::int64_t worker) const {
    return memory_.data() + worker * plan_.thread_floats();
  }
  Block block(std::int64_t index, std::int64_t worker) const {
    return {index / plan_.blocks.count, index % plan_.blocks.count,
            cells_.data() + (plan_.by_panels ? index : worker) * plan_.cell_floats()};
  }
  void transform_kernels_of(std::int64_t index) const {
    const std::int64_t panel = index / kernel_parts() % plan_.panels;
    const std::int64_t group = index / kernel_parts() / plan_.panels;
    const std::int64_t begin = index % kernel_parts() * kTaskChannels;
    HWY_DYNAMIC_DISPATCH(transform_kernels)
    (job_, plan_, group, panel, begin, std::min(begin + kTaskChannels, plan_.channels),
     kernels_.data() + plan_.kernels_at(group, panel));
  }
  void transform_cells_of(const Block& of, std::int64_t channel, std::int64_t count,
                          std::int64_t worker) const {
    HWY_DYNAMIC_DISPATCH(transform_block)(job_, plan_, of, channel, count, memory(worker));
  }
  bool compute_panel_of(const Block& of, std::int64_t panel, std::int64_t worker) const {
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
  const std::int64_t most_floats = most_scratch(job.windows);
  const WinogradPlan plan = plan_within(job.windows, axes, most_floats).value();
  const Cost work = cost(job.windows, *axes);
  const std::int64_t threads = std::min({threads_for(run, static_cast<std::int64_t>(work.tiles)),
                                         plan.tasks(), plan.room(most_floats)});
  const Computation computation(job, plan, threads);
  parallel_for(
      computation.to_points(),
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
  return plan_within(windows, winograd_axes(windows), most_scratch(windows)).has_value();
}

bool winograd_transposed_applies(const Windows& windows) {
  const Windows as = turned(windows);
  return plan_within(as, transposed_axes(windows), most_scratch(as)).has_value();
}

bool winograd_worth_it(const Windows& windows) {
  return pays(windows, winograd_axes(windows), windows.products()) && winograd_applies(windows);
}

bool winograd_transposed_worth_it(const Windows& windows) {
  return pays(turned(windows), transposed_axes(windows), windows.products()) &&
         winograd_transposed_applies(windows);
}

bool winograd(const Correlation& job, const RunOptions& run) {
  return compute(job, winograd_axes(job.windows), run);
}

bool winograd_transposed(const Transposed& job, const RunOptions& run) {
  return compute(turned(job), transposed_axes(job.windows), run);
}

}  // namespace convscope
#endif
