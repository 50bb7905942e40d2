// Shapes: 3x3 kernels, stride 1, dilation 1. Idea: Winograd's F(4x4, 3x3) (winograd_plan.h), a
// block of some 60 tiles at a time so that its values stay in the second-level cache. A channel in
// each lane as cells become points, a filter in each lane from the products on: no lane is lost
// at the borders of maps, and whatever the stretch of tiles, the 36 products are plain matrix
// products. Scratch memory: four times the weights (at most 16 lanes more of filters), and for
// each thread 36 values for each tile of a block and channel, and for each tile and panel of
// filters; fewer threads or tiles where that were more than most_scratch().
#include <algorithm>
#include <atomic>
#include <optional>

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

// How the job is cut, and where its scratch memory lies.
struct WinogradPlan {
  WinogradPlan(const Windows& windows, std::int64_t most_tiles)
      : blocks(windows, most_tiles),
        panel(std::min(kPanel, padded_to_lanes(windows.filters))),
        panels(ceil_div(windows.filters, panel)),
        real_channels(windows.channels),
        channels(padded_to_lanes(real_channels)),
        last_panel(padded_to_lanes(windows.filters) - (panels - 1) * panel),
        cell_plane(plane_floats(blocks.tiles, channels)),
        sum_plane(plane_floats(blocks.tiles, panel)) {}

  // Of the kernels at the points: a panel's place in a group, and from point to point.
  std::int64_t width(std::int64_t index) const { return index + 1 < panels ? panel : last_panel; }
  std::int64_t kernel_plane(std::int64_t index) const {
    return plane_floats(real_channels, width(index));
  }
  std::int64_t kernels_at(std::int64_t group, std::int64_t index) const {
    const std::int64_t whole = (panels - 1) * kTilePoints * kernel_plane(0);
    return group * (whole + kTilePoints * kernel_plane(panels - 1)) +
           index * kTilePoints * kernel_plane(0);
  }
  std::int64_t kernel_floats(const Windows& windows) const { return kernels_at(windows.groups, 0); }
  // Of one thread: packed cells, cells at the points, sums at the points.
  std::int64_t block_floats() const {
    return pack_floats(blocks.runs) + kTilePoints * (cell_plane + sum_plane);
  }

  TileBlocks blocks;
  std::int64_t panel;          // filters worked on at a time
  std::int64_t panels;         // of a group
  std::int64_t last_panel;     // filters of the last one, padded
  std::int64_t real_channels;  // of a group
  std::int64_t channels;       // the same, padded
  std::int64_t cell_plane;     // from point to point
  std::int64_t sum_plane;
};

}  // namespace convscope
#endif

HWY_BEFORE_NAMESPACE();
namespace convscope::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// G kernel G^T for a panel of a group's filters and all channels in [begin, end): at [point]
// [channel][filter].
void transform_kernels(const Correlation& job, const WinogradPlan& plan, std::int64_t group,
                       std::int64_t panel, std::int64_t begin, std::int64_t end, float* to) {
  const WeightStrides& strides = job.weight_strides;
  const std::int64_t filters = std::min(plan.panel, job.windows.filters - panel * plan.panel);
  for (std::int64_t c = begin; c < end; ++c) {
    for (std::int64_t k = 0; k < filters; k += kMostLanes) {
      const std::int64_t lanes = std::min(kMostLanes, filters - k);
      const float* weight = job.weight_at(group, panel * plan.panel + k, c);
      alignas(64) Kernels taps[9] = {};
      for (std::int64_t tap = 0; tap < 9; ++tap) {
        const float* from = weight + tap / 3 * strides.row + tap % 3 * strides.column;
        for (std::int64_t lane = 0; lane < lanes; ++lane) {
          taps[tap][lane] = from[lane * strides.filter];
        }
      }
      alignas(64) Kernels columns[18];
      for (std::int64_t j = 0; j < 3; ++j) {
        kernel_to_points(taps + j, 3, columns + j, 3);
      }
      for (std::int64_t i = 0; i < 6; ++i) {
        alignas(64) Kernels row[6];
        kernel_to_points(columns + 3 * i, 1, row, 1);
        for (std::int64_t j = 0; j < 6; ++j) {
          float* values = to + (6 * i + j) * plan.kernel_plane(panel) + c * plan.width(panel) + k;
          for (std::int64_t lane = 0; lane < kMostLanes; ++lane) {
            values[lane] = static_cast<float>(row[j][lane]);
          }
        }
      }
    }
  }
}

// Columns that are written at a time: of the tiles that fill a vector, or of one.
constexpr std::int64_t kColumns = std::max(kLanes, kTile);

// A^T sums A of one tile, kLanes filters: to `outputs` at [row][tile · 4 + column][filter].
HWY_INLINE void transform_sums(const float* sums, std::int64_t plane, Vector bias, float* outputs,
                               Vector& check) {
  const Lane d;
  Vector rows[6][4];
  for (int i = 0; i < 6; ++i) {
    Vector points[6];
    for (int j = 0; j < 6; ++j) {
      points[j] = hn::Load(d, sums + (6 * i + j) * plane);
    }
    points_to_outputs(points, rows[i]);
  }
  for (int s = 0; s < 4; ++s) {
    Vector points[6];
    for (int i = 0; i < 6; ++i) {
      points[i] = rows[i][s];
    }
    Vector column[4];
    points_to_outputs(points, column);
    for (int r = 0; r < 4; ++r) {
      const Vector value = hn::Add(column[r], bias);
      check = hn::MulAdd(value, hn::Zero(d), check);
      hn::Store(value, d, outputs + (r * kColumns + s) * kLanes);
    }
  }
}

// Up to kColumns columns of up to kLanes filters: `outputs` at [column][filter] to rows `pitch`
// apart.
inline void store_columns(const float* outputs, std::int64_t filters, std::int64_t columns,
                          float* to, std::int64_t pitch) {
  if constexpr (kLanes == 1) {
    std::copy_n(outputs, columns, to);
    return;
  }
  if (filters == kLanes && columns == kLanes) {
    transpose(outputs, kLanes, to, pitch);
    return;
  }
  alignas(64) Square turned;
  transpose(outputs, kLanes, turned.data(), kLanes);
  for (std::int64_t k = 0; k < filters; ++k) {
    std::copy_n(turned.data() + k * kLanes, columns, to + k * pitch);
  }
}

// A run's outputs for filters [filter, filter + count) of a group, count at most kLanes, from their
// sums at the points. Returns 0 in all lanes, or NaN where a value isn't finite.
Vector write_run(const Correlation& job, const TileRun& run, std::int64_t group,
                 std::int64_t filter, std::int64_t count, const float* sums, std::int64_t plane,
                 std::int64_t row) {
  constexpr std::int64_t kTiles = kColumns / kTile;
  const Windows& w = job.windows;
  const Lane d;
  const std::int64_t map = (run.n * w.groups + group) * w.filters + filter;
  const std::int64_t y = run.row * kTile;
  alignas(64) float biases[kLanes] = {};
  if (job.bias != nullptr) {
    std::copy_n(job.bias + group * w.filters + filter, count, biases);
  }
  const Vector bias = hn::Load(d, biases);
  Vector check = hn::Zero(d);
  alignas(64) float outputs[kTile * kColumns * kLanes] = {};
  for (std::int64_t first = 0; first < run.count; first += kTiles) {
    const std::int64_t tiles = std::min(kTiles, run.count - first);
    for (std::int64_t t = 0; t < tiles; ++t) {
      transform_sums(sums + (first + t) * row, plane, bias, outputs + t * kTile * kLanes, check);
    }
    const std::int64_t x = (run.column + first) * kTile;
    for (std::int64_t r = 0; r < std::min(kTile, w.output.h - y); ++r) {
      float* to = job.output + (map * w.output.h + y + r) * w.output.w + x;
      store_columns(outputs + r * kColumns * kLanes, count, std::min(tiles * kTile, w.output.w - x),
                    to, w.output.h * w.output.w);
    }
  }
  return check;
}

// All outputs of one group in one block of tiles; false when one isn't finite.
bool compute_block(const Correlation& job, const WinogradPlan& plan, std::int64_t group,
                   std::int64_t block, const float* kernels, float* memory) {
  const Windows& w = job.windows;
  const TileRuns& runs = plan.blocks.runs;
  const std::int64_t begin = plan.blocks.begin(block);
  const std::int64_t end = plan.blocks.begin(block + 1);
  const Points cells{memory + pack_floats(runs), plan.cell_plane, plan.channels};
  const Points sums{cells.data + kTilePoints * plan.cell_plane, plan.sum_plane, plan.panel};
  transform_inputs(w, job.input, {group, 0, w.channels, begin, end}, runs, memory, cells);
  const std::int64_t tiles = runs.tiles(begin, end);
  Vector check = hn::Zero(Lane());
  for (std::int64_t panel = 0; panel < plan.panels; ++panel) {
    const std::int64_t filter = panel * plan.panel;
    const std::int64_t filters = std::min(plan.panel, w.filters - filter);
    for (std::int64_t point = 0; point < kTilePoints; ++point) {
      Product product;
      product.scalars = cells.data + point * cells.plane;
      product.scalars_row = cells.row;
      product.scalars_step = 1;
      product.vectors = kernels + plan.kernels_at(group, panel) + point * plan.kernel_plane(panel);
      product.vectors_step = plan.width(panel);
      product.sums = sums.data + point * sums.plane;
      product.sums_row = sums.row;
      product.count = w.channels;
      multiply(product, tiles, filters);
    }
    std::int64_t tile = 0;
    for (std::int64_t index = begin; index < end; ++index) {
      const TileRun run = runs.at(index);
      for (std::int64_t k = 0; k < filters; k += kLanes) {
        check = hn::Add(check, write_run(job, run, group, filter + k, std::min(kLanes, filters - k),
                                         sums.at(tile, k), sums.plane, sums.row));
      }
      tile += run.count;
    }
  }
  return hn::AllTrue(Lane(), hn::Eq(check, hn::Zero(Lane())));
}

}  // namespace convscope::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope {

HWY_EXPORT(transform_kernels);
HWY_EXPORT(compute_block);

namespace {

// Tiles of a block where memory allows.
constexpr std::int64_t kBlockTiles = 64;

// Channels whose kernels are one task to transform.
constexpr std::int64_t kKernelChannels = 16;

std::optional<WinogradPlan> plan_within(const Windows& windows, std::int64_t most_floats) {
  for (std::int64_t tiles = kBlockTiles; tiles > 0; tiles /= 2) {
    const WinogradPlan plan(windows, tiles);
    if (plan.kernel_floats(windows) + plan.block_floats() <= most_floats) {
      return plan;
    }
  }
  return std::nullopt;
}

void transform_all_kernels(const Correlation& job, const WinogradPlan& plan, const RunOptions& run,
                           float* to) {
  const Windows& w = job.windows;
  const std::int64_t parts = ceil_div(w.channels, kKernelChannels);
  const std::int64_t threads = threads_for(run, w.groups * w.channels * w.filters * kTilePoints);
  parallel_for(w.groups * plan.panels * parts, threads, [&](std::int64_t index, std::int64_t) {
    const std::int64_t group = index / parts / plan.panels;
    const std::int64_t panel = index / parts % plan.panels;
    const std::int64_t begin = index % parts * kKernelChannels;
    HWY_DYNAMIC_DISPATCH(transform_kernels)
    (job, plan, group, panel, begin, std::min(begin + kKernelChannels, w.channels),
     to + plan.kernels_at(group, panel));
  });
}

}  // namespace

bool winograd_applies(const Windows& windows) {
  const Size2 once{1, 1};
  return windows.kernel == Size2{3, 3} && windows.stride == once && windows.dilation == once &&
         plan_within(windows, most_scratch(windows)).has_value();
}

bool winograd(const Correlation& job, const RunOptions& run) {
  const Windows& w = job.windows;
  const std::int64_t most_floats = most_scratch(w);
  const WinogradPlan plan = plan_within(w, most_floats).value();
  const std::int64_t tasks = w.groups * plan.blocks.count;
  const std::int64_t room = (most_floats - plan.kernel_floats(w)) / plan.block_floats();
  const std::int64_t threads = std::min({threads_for(run, w.products() / 4), tasks, room});
  const Scratch kernels(plan.kernel_floats(w));
  const Scratch memory(threads * plan.block_floats());
  transform_all_kernels(job, plan, run, kernels.data());
  std::atomic<bool> finite = true;
  run_tasks(run, tasks, threads, [&](std::int64_t index, std::int64_t worker) {
    if (!HWY_DYNAMIC_DISPATCH(compute_block)(job, plan, index / plan.blocks.count,
                                             index % plan.blocks.count, kernels.data(),
                                             memory.data() + worker * plan.block_floats())) {
      finite = false;
    }
  });
  return finite;
}

}  // namespace convscope
#endif
