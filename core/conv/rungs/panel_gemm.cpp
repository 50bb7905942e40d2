// Shapes: any (N, G·C, H, W) -> (N, G·K, OH, OW). Best from about 16 filters per group on.
//
// Idea: the product of the filters, (K, C·kh·kw), and the windows, (C·kh·kw, OH·OW), with the
// second one copied to panels: the cells that one tap reads for the positions of a tile lie side by
// side, and those of the next tap follow. A panel of a piece of the taps stays in the first-level
// cache while all filters pass over it; the weights are read once per tile, in order. Positions run
// on from row to row of the output, so that only the last vector of a block may be incomplete,
// whatever the stride and the padding.
//
// Scratch: per thread a piece of the padded input, a panel, and the sums of incomplete tiles; the
// weights, if a filter's taps don't lie side by side in the order c, i, j.
#include "core/conv/rungs/panel_gemm.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/band.h"
#include "core/conv/rungs/scratch.h"
#include "core/conv/rungs/tasks.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "core/conv/rungs/panel_gemm.cpp"
#include "hwy/foreach_target.h"
// Must come after foreach_target.h.
#include "core/conv/rungs/tile-inl.h"
#include "core/conv/rungs/transpose-inl.h"
#include "hwy/cache_control.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

constexpr auto kPanelLanes = static_cast<std::int64_t>(hn::MaxLanes(FloatTag()));
// Tiles are three or four vectors wide where there are that many.
constexpr int kMostPanelVectors = 4;
// A panel takes most of the first-level cache.
constexpr std::int64_t kPanelFloats = 6144;
// Floats in a line of the cache.
constexpr std::int64_t kLineFloats = 16;
// The padded input of a piece of the channels stays in the second-level cache.
constexpr std::int64_t kPieceFloats = std::int64_t{1} << 15;

// The most filters of a tile of so many vectors.
constexpr int filters_beside(int vectors) {
  int filters = kTileFilters;
  while (filters > 1 && kVectorsOf[filters] < vectors) {
    --filters;
  }
  return filters;
}

struct PanelCall {
  const float* panel = nullptr;  // (taps, vectors)
  std::int64_t taps = 0;
  const float* weight = nullptr;  // of the first filter and tap
  std::int64_t filter_stride = 0;
  const float* ahead = nullptr;  // the weights of the next call, which are prefetched
  const float* bias = nullptr;   // null: none
  bool first = true;             // whether the sums start here, or continue with `output`
  bool last = true;              // whether they are complete and checked
  float* output = nullptr;
  std::int64_t output_stride = 0;  // from filter to filter
  float* check = nullptr;          // aligned, a vector: NaN if any value wasn't finite
};

// More than one: a loop over single taps takes a fifth longer.
constexpr int kTapsAtOnce = 8;

template <int F, int V, int... kTap>
HWY_INLINE void add_taps(const float* HWY_RESTRICT cells, const float* HWY_RESTRICT weight,
                         std::int64_t filter_stride, Floats (&sums)[F][V],
                         std::integer_sequence<int, kTap...>) {
  (add_tap<F, V>(cells + kTap * V * kPanelLanes, weight + kTap, filter_stride, sums), ...);
}

template <int F, int V>
void multiply_panel(const PanelCall& call) {
  const FloatTag d;
  Floats sums[F][V];
  if (call.first) {
    HWY_UNROLL(8)
    for (int f = 0; f < F; ++f) {
      const Floats start = call.bias != nullptr ? hn::Set(d, call.bias[f]) : hn::Zero(d);
      HWY_UNROLL(8)
      for (int v = 0; v < V; ++v) {
        sums[f][v] = start;
      }
    }
  } else {
    HWY_UNROLL(8)
    for (int f = 0; f < F; ++f) {
      HWY_UNROLL(8)
      for (int v = 0; v < V; ++v) {
        sums[f][v] = hn::LoadU(d, call.output + f * call.output_stride + v * kPanelLanes);
      }
    }
  }
  const float* HWY_RESTRICT cells = call.panel;
  const float* HWY_RESTRICT weight = call.weight;
  const float* ahead = call.ahead;
  std::int64_t t = 0;
  for (; t + kTapsAtOnce <= call.taps; t += kTapsAtOnce) {
    if (t % kLineFloats == 0) {
      HWY_UNROLL(8)
      for (int f = 0; f < F; ++f) {
        hwy::Prefetch(ahead + f * call.filter_stride);
      }
      ahead += kLineFloats;
    }
    add_taps<F, V>(cells, weight, call.filter_stride, sums,
                   std::make_integer_sequence<int, kTapsAtOnce>());
    cells += kTapsAtOnce * V * kPanelLanes;
    weight += kTapsAtOnce;
  }
  for (; t < call.taps; ++t) {
    add_tap<F, V>(cells, weight, call.filter_stride, sums);
    cells += V * kPanelLanes;
    ++weight;
  }
  Floats all = hn::Zero(d);
  HWY_UNROLL(8)
  for (int f = 0; f < F; ++f) {
    HWY_UNROLL(8)
    for (int v = 0; v < V; ++v) {
      hn::StoreU(sums[f][v], d, call.output + f * call.output_stride + v * kPanelLanes);
      all = hn::Add(all, sums[f][v]);
    }
  }
  if (call.last) {
    hn::Store(hn::Add(hn::Load(d, call.check), hn::Sub(all, all)), d, call.check);
  }
}

using PanelFunction = void (*)(const PanelCall&);

template <int kFilters, int... kV>
constexpr std::array<PanelFunction, sizeof...(kV)> panels_of(std::integer_sequence<int, kV...>) {
  return {multiply_panel<std::min(kFilters, filters_beside(kV + 1)), kV + 1>...};
}

PanelFunction panel_function(int filters, int vectors) {
  static constexpr auto kFunctions = []<int... kF>(std::integer_sequence<int, kF...>) {
    return std::array{panels_of<kF + 1>(std::make_integer_sequence<int, kMostPanelVectors>())...};
  }(std::make_integer_sequence<int, kTileFilters>());
  return kFunctions[static_cast<std::size_t>(filters - 1)][static_cast<std::size_t>(vectors - 1)];
}

// sums[f] += the products of F filters and `count` cells, with neighbouring taps in the lanes.
template <int F>
HWY_INLINE void add_products(const float* HWY_RESTRICT weight, std::int64_t filter_stride,
                             const float* HWY_RESTRICT cells, std::int64_t count, float* sums,
                             std::int64_t sums_stride) {
  const FloatTag d;
  Floats products[F];
  HWY_UNROLL(8)
  for (int f = 0; f < F; ++f) {
    products[f] = hn::Zero(d);
  }
  std::int64_t t = 0;
  for (; t + kPanelLanes <= count; t += kPanelLanes) {
    const Floats cell = hn::LoadU(d, cells + t);
    HWY_UNROLL(8)
    for (int f = 0; f < F; ++f) {
      products[f] = hn::MulAdd(hn::LoadU(d, weight + f * filter_stride + t), cell, products[f]);
    }
  }
  HWY_UNROLL(8)
  for (int f = 0; f < F; ++f) {
    float sum = hn::GetLane(hn::SumOfLanes(d, products[f]));
    for (std::int64_t rest = t; rest < count; ++rest) {
      sum += weight[f * filter_stride + rest] * cells[rest];
    }
    sums[f * sums_stride] += sum;
  }
}

// How a layer is divided: blocks of rows of the output, whose positions form tiles; pieces of the
// channels.
struct PanelPlan {
  Correlation job;
  PhaseAxis rows;
  PhaseAxis columns;
  bool flat = false;      // one cell per window, read in place: the whole map is one row
  bool reorder = false;   // whether the weights are copied
  std::int64_t rest = 0;  // positions that are left after the tiles
  std::int64_t block_rows = 0;
  std::int64_t blocks = 0;
  std::int64_t piece = 0;  // channels
  std::int64_t filter_parts = 1;
  BandLayout layout;  // of a whole block and piece

  const Windows& windows() const { return job.windows; }
  std::int64_t taps() const { return job.windows.kernel.h * job.windows.kernel.w; }
  std::int64_t panel_floats() const {
    return aligned_count(std::max(kPanelFloats, piece * taps() * kMostPanelVectors * kPanelLanes) +
                         kPanelLanes);
  }
  std::int64_t band_floats() const { return flat ? 0 : aligned_count(layout.size + kPanelLanes); }
  std::int64_t sums_floats() const { return job.windows.filters * kMostPanelVectors * kPanelLanes; }
  // The cells of a piece and the sums of the positions that are left.
  std::int64_t rest_floats() const { return rest * aligned_count(piece + job.windows.filters); }
  std::int64_t thread_floats() const {
    return panel_floats() + band_floats() + sums_floats() + rest_floats();
  }
  std::int64_t shared_floats() const { return reorder ? job.windows.weights() : 0; }
};

std::int64_t tiles_for(std::int64_t vectors) {
  return std::max(ceil_div(vectors, std::int64_t{kMostPanelVectors}), vectors / 3);
}

// A few positions past the last whole vector cost less one by one, with the taps in the lanes.
std::int64_t rest_of(std::int64_t positions) {
  const std::int64_t rest = positions % kPanelLanes;
  return positions > kPanelLanes && rest <= kPanelLanes / 4 ? rest : 0;
}

bool reads_flat(const Windows& w) {
  return w.kernel == Size2{1, 1} && w.stride == Size2{1, 1} && w.input == w.output && w.top == 0 &&
         w.left == 0;
}

// Whether every window is one cell of the input: what a stride leaves out is never read.
bool reads_samples(const Windows& w) {
  return w.kernel == Size2{1, 1} && w.stride != Size2{1, 1} && w.top == 0 && w.left == 0 &&
         (w.output.h - 1) * w.stride.h < w.input.h && (w.output.w - 1) * w.stride.w < w.input.w;
}

// The cells that are read, as the input of a layer without a stride.
Correlation sampled(const Correlation& job, const float* samples) {
  Correlation layer = job;
  layer.input = samples;
  layer.windows.input = layer.windows.output;
  layer.windows.stride = {1, 1};
  return layer;
}

// Copies them for one plane of the input.
void write_samples(const Correlation& job, std::int64_t plane, float* samples) {
  const Windows& w = job.windows;
  const float* row = job.input + plane * w.input.h * w.input.w;
  float* to = samples + plane * w.output.h * w.output.w;
  for (std::int64_t y = 0; y < w.output.h; ++y) {
    for (std::int64_t x = 0; x < w.output.w; ++x) {
      *to++ = row[x * w.stride.w];
    }
    row += w.stride.h * w.input.w;
  }
}

PanelPlan plan_panels(const Correlation& job, std::int64_t threads) {
  PanelPlan plan;
  plan.job = job;
  Windows& w = plan.job.windows;
  plan.flat = reads_flat(w);
  if (plan.flat) {
    // Rows of one vector each, so that blocks can be of any size.
    w.output = w.input = {1, w.input.h * w.input.w};
    plan.rest = rest_of(w.input.w);
  }
  plan.rows = row_axis({&plan.job, 1});
  plan.columns = column_axis({&plan.job, 1});
  const WeightStrides& s = job.weight_strides;
  plan.reorder = (w.kernel.w > 1 && s.column != 1) || (w.kernel.h > 1 && s.row != w.kernel.w) ||
                 (w.channels > 1 && s.channel != plan.taps());
  const std::int64_t panel_row = (kMostPanelVectors - 1) * kPanelLanes;
  plan.piece = std::clamp<std::int64_t>(kPanelFloats / panel_row / plan.taps(), 1, w.channels);
  plan.piece = ceil_div(w.channels, ceil_div(w.channels, plan.piece));
  // Blocks of the output rows whose input stays in the second-level cache, with many positions.
  plan.block_rows = w.output.h;
  if (!plan.flat) {
    const auto phases =
        static_cast<std::int64_t>(plan.rows.phases.size() * plan.columns.phases.size());
    const std::int64_t row_floats = plan.piece * phases * (w.output.w + plan.columns.reach);
    const std::int64_t fitting = kPieceFloats / row_floats - plan.rows.reach;
    const std::int64_t enough = ceil_div(8 * panel_row, w.output.w);
    plan.block_rows = std::clamp<std::int64_t>(std::max(fitting, enough), 1, w.output.h);
  }
  plan.blocks = ceil_div(w.output.h, plan.block_rows);
  if (threads > 1) {
    const std::int64_t wanted = 4 * threads;
    const std::int64_t tasks = w.batch * w.groups * plan.blocks;
    plan.filter_parts = std::clamp<std::int64_t>(ceil_div(wanted, tasks), 1,
                                                 std::max<std::int64_t>(1, w.filters / 64));
    const std::int64_t rows = std::max<std::int64_t>(1, ceil_div(4 * panel_row, w.output.w));
    const std::int64_t more = ceil_div(wanted, tasks * plan.filter_parts);
    if (more > 1 && !plan.flat) {
      plan.block_rows = std::max(std::min(plan.block_rows, rows), plan.block_rows / more);
    }
  }
  plan.block_rows = ceil_div(w.output.h, ceil_div(w.output.h, plan.block_rows));
  plan.blocks = ceil_div(w.output.h, plan.block_rows);
  Windows piece = w;
  piece.channels = plan.piece;
  plan.layout = layout_of(plan.rows, plan.columns, piece, {plan.block_rows, w.output.w, true},
                          kMostPanelVectors * kPanelLanes);
  return plan;
}

// A part of a row of the output inside a tile.
struct PanelRun {
  std::int64_t lane = 0;
  std::int64_t count = 0;
  std::int64_t cell = 0;  // the first one's position in the band
};

// Neighbouring positions of a block.
struct PanelTile {
  std::int64_t first = 0;
  std::int64_t count = 0;
  int vectors = 0;
  std::vector<PanelRun> runs;
};

struct PanelShare {
  std::int64_t n = 0;
  std::int64_t group = 0;
  Block block;
  std::int64_t first_filter = 0;
  std::int64_t last_filter = 0;
};

PanelShare share_at(const PanelPlan& plan, std::int64_t index) {
  const Windows& w = plan.windows();
  PanelShare share;
  const std::int64_t part = index % plan.filter_parts;
  index /= plan.filter_parts;
  share.first_filter = w.filters * part / plan.filter_parts;
  share.last_filter = w.filters * (part + 1) / plan.filter_parts;
  const std::int64_t y = index % plan.blocks * plan.block_rows;
  index /= plan.blocks;
  share.block = {y, 0, std::min(plan.block_rows, w.output.h - y), w.output.w};
  share.group = index % w.groups;
  share.n = index / w.groups;
  return share;
}

// Tiles of the first positions of a block.
std::vector<PanelTile> tiles_of(const Block& block, std::int64_t positions, std::int64_t pitch) {
  const std::int64_t vectors = ceil_div(positions, kPanelLanes);
  const std::int64_t count = tiles_for(vectors);
  std::vector<PanelTile> tiles(static_cast<std::size_t>(count));
  // The wider ones come last, so that neighbours are alike.
  const std::int64_t wider = vectors % count;
  std::int64_t first = 0;
  for (std::int64_t t = 0; t < count; ++t) {
    PanelTile& tile = tiles[static_cast<std::size_t>(t)];
    tile.first = first;
    tile.vectors = static_cast<int>(vectors / count + (t >= count - wider ? 1 : 0));
    first += tile.vectors * kPanelLanes;
    tile.count = std::min(tile.vectors * kPanelLanes, positions - tile.first);
    for (std::int64_t lane = 0; lane < tile.count;) {
      const std::int64_t y = (tile.first + lane) / block.columns;
      const std::int64_t x = (tile.first + lane) % block.columns;
      const std::int64_t length = std::min(block.columns - x, tile.count - lane);
      tile.runs.push_back({lane, length, y * pitch + x});
      lane += length;
    }
  }
  return tiles;
}

struct PanelMemory {
  Scratch floats;
  float* band = nullptr;
  float* panel = nullptr;
  float* sums = nullptr;
  float* rest_cells = nullptr;
  float* rest_sums = nullptr;
  HWY_ALIGN float check[kPanelLanes] = {};
};

// Copies the cells that `channels` and all taps read for the V vectors of a tile that lies in one
// row.
template <int V>
void write_row_panel(const float* cells, std::int64_t channel, std::int64_t channels,
                     const std::vector<Tap>& taps, float* panel) {
  const FloatTag d;
  for (std::int64_t c = 0; c < channels; ++c) {
    for (const Tap& tap : taps) {
      HWY_UNROLL(4)
      for (std::int64_t v = 0; v < V; ++v) {
        hn::Store(hn::LoadU(d, cells + tap.input + v * kPanelLanes), d, panel + v * kPanelLanes);
      }
      panel += V * kPanelLanes;
    }
    cells += channel;
  }
}

// The same for any tile. Vectors may write past a run: what follows there is written later.
void write_panel(const PanelTile& tile, const float* cells, std::int64_t channel,
                 std::int64_t channels, const std::vector<Tap>& taps, float* panel) {
  const FloatTag d;
  const std::int64_t width = tile.vectors * kPanelLanes;
  if (tile.runs.front().count == width) {
    const float* first = cells + tile.runs.front().cell;
    switch (tile.vectors) {
      case 1:
        return write_row_panel<1>(first, channel, channels, taps, panel);
      case 2:
        return write_row_panel<2>(first, channel, channels, taps, panel);
      case 3:
        return write_row_panel<3>(first, channel, channels, taps, panel);
      default:
        return write_row_panel<4>(first, channel, channels, taps, panel);
    }
  }
  for (std::int64_t c = 0; c < channels; ++c) {
    for (const Tap& tap : taps) {
      for (const PanelRun& run : tile.runs) {
        const float* from = cells + tap.input + run.cell;
        float* to = panel + run.lane;
        std::int64_t x = 0;
        do {
          hn::StoreU(hn::LoadU(d, from + x), d, to + x);
          x += kPanelLanes;
        } while (x < run.count);
      }
      // Whatever else is there might not be finite.
      for (std::int64_t lane = tile.count; lane < width; ++lane) {
        panel[lane] = 0.0F;
      }
      panel += width;
    }
    cells += channel;
  }
}

// The same from the input itself, for whole tiles of V vectors whose panels follow each other. The
// channels are too far apart for the hardware's prefetching.
template <int V>
void write_flat_panels(std::int64_t tiles, const float* cells, std::int64_t channel,
                       std::int64_t channels, float* panels) {
  const FloatTag d;
  constexpr std::int64_t kWidth = V * kPanelLanes;
  constexpr std::int64_t kChannelsAhead = 8;
  for (std::int64_t c = 0; c < channels; ++c) {
    const float* from = cells;
    const float* ahead = cells + std::min(kChannelsAhead, channels - 1 - c) * channel;
    float* to = panels + c * kWidth;
    for (std::int64_t t = 0; t < tiles; ++t) {
      hwy::Prefetch(ahead);
      hwy::Prefetch(ahead + kWidth - 1);
      HWY_UNROLL(4)
      for (std::int64_t v = 0; v < V; ++v) {
        hn::StoreU(hn::LoadU(d, from + v * kPanelLanes), d, to + v * kPanelLanes);
      }
      from += kWidth;
      ahead += kWidth;
      to += kWidth * channels;
    }
    cells += channel;
  }
}

// The incomplete tile at the end.
void write_flat_rest(const PanelTile& tile, const float* cells, std::int64_t channel,
                     std::int64_t channels, float* panel) {
  const std::int64_t width = tile.vectors * kPanelLanes;
  for (std::int64_t c = 0; c < channels; ++c) {
    std::copy_n(cells, tile.count, panel);
    std::fill(panel + tile.count, panel + width, 0.0F);
    panel += width;
    cells += channel;
  }
}

// `panel`: the size of one.
void write_flat(std::span<const PanelTile> tiles, const float* cells, std::int64_t channel,
                std::int64_t channels, float* panels, std::int64_t panel) {
  const PanelTile& last = tiles.back();
  const bool whole = last.count == last.vectors * kPanelLanes;
  const std::int64_t count = static_cast<std::int64_t>(tiles.size()) - (whole ? 0 : 1);
  const float* first = cells + tiles.front().first;
  switch (last.vectors) {
    case 1:
      write_flat_panels<1>(count, first, channel, channels, panels);
      break;
    case 2:
      write_flat_panels<2>(count, first, channel, channels, panels);
      break;
    case 3:
      write_flat_panels<3>(count, first, channel, channels, panels);
      break;
    default:
      write_flat_panels<4>(count, first, channel, channels, panels);
  }
  if (!whole) {
    write_flat_rest(last, cells + last.first, channel, channels, panels + count * panel);
  }
}

// Copies the cells of a piece for the positions that are left, and begins their sums.
void begin_rest(const PanelPlan& plan, const PanelShare& share, const float* cells,
                std::int64_t channels, bool first, PanelMemory& memory) {
  const Windows& w = plan.windows();
  for (std::int64_t r = 0; r < plan.rest; ++r) {
    const float* from = cells + w.input.w - plan.rest + r;
    for (std::int64_t c = 0; c < channels; ++c) {
      memory.rest_cells[r * plan.piece + c] = from[c * w.input.w];
    }
    for (std::int64_t k = share.first_filter; first && k < share.last_filter; ++k) {
      memory.rest_sums[k * plan.rest + r] =
          plan.job.bias != nullptr ? plan.job.bias[share.group * w.filters + k] : 0.0F;
    }
  }
}

// Adds a piece to the sums of the positions that are left, for the filters of a call.
void multiply_rest(const PanelPlan& plan, const PanelCall& call, std::int64_t filter,
                   std::int64_t filters, PanelMemory& memory) {
  for (std::int64_t r = 0; r < plan.rest; ++r) {
    const float* cells = memory.rest_cells + r * plan.piece;
    std::int64_t f = 0;
    for (; f + 4 <= filters; f += 4) {
      add_products<4>(call.weight + f * call.filter_stride, call.filter_stride, cells, call.taps,
                      memory.rest_sums + (filter + f) * plan.rest + r, plan.rest);
    }
    for (; f < filters; ++f) {
      add_products<1>(call.weight + f * call.filter_stride, call.filter_stride, cells, call.taps,
                      memory.rest_sums + (filter + f) * plan.rest + r, plan.rest);
    }
  }
}

// Writes those sums to the output.
void end_rest(const PanelPlan& plan, const PanelShare& share, PanelMemory& memory) {
  const Windows& w = plan.windows();
  float* output =
      plan.job.output + (share.n * w.groups + share.group) * w.filters * w.output.w + w.output.w;
  for (std::int64_t k = share.first_filter; k < share.last_filter; ++k) {
    for (std::int64_t r = 0; r < plan.rest; ++r) {
      const float sum = memory.rest_sums[k * plan.rest + r];
      output[k * w.output.w - plan.rest + r] = sum;
      memory.check[0] += sum - sum;
    }
  }
}

// Adds a piece of the channels for tiles of the same width, whose panels follow each other. A
// filter passes over all of them, as neighbouring results share lines of the cache.
void multiply_tiles(const PanelPlan& plan, const PanelShare& share,
                    std::span<const PanelTile> tiles, std::int64_t channel, std::int64_t channels,
                    const float* weights, PanelMemory& memory) {
  const Windows& w = plan.windows();
  const std::int64_t taps = plan.taps();
  const std::int64_t map = w.output.h * w.output.w;
  const int vectors = tiles.front().vectors;
  const std::int64_t width = vectors * kPanelLanes;
  float* output = plan.job.output + (share.n * w.groups + share.group) * w.filters * map +
                  share.block.y * w.output.w;
  PanelCall call;
  call.taps = channels * taps;
  call.first = channel == 0;
  call.last = channel + channels == w.channels;
  call.check = memory.check;
  call.filter_stride = plan.reorder ? w.taps() : plan.job.weight_strides.filter;
  const float* weight = plan.reorder ? weights + share.group * w.filters * w.taps() + channel * taps
                                     : plan.job.weight_at(share.group, 0, channel);
  const float* bias = plan.job.bias != nullptr ? plan.job.bias + share.group * w.filters : nullptr;
  const std::int64_t count = share.last_filter - share.first_filter;
  const std::int64_t blocks = ceil_div(count, std::int64_t{filters_beside(vectors)});
  for (std::int64_t b = 0; b < blocks; ++b) {
    const std::int64_t filter = share.first_filter + count * b / blocks;
    const std::int64_t filters = share.first_filter + count * (b + 1) / blocks - filter;
    const PanelFunction multiply = panel_function(static_cast<int>(filters), vectors);
    call.weight = weight + filter * call.filter_stride;
    call.ahead = b + 1 < blocks ? call.weight + filters * call.filter_stride : weight;
    call.bias = bias != nullptr ? bias + filter : nullptr;
    call.panel = memory.panel;
    for (const PanelTile& tile : tiles) {
      const bool whole = tile.count == width;
      call.output_stride = whole ? map : width;
      call.output = whole ? output + tile.first + filter * map : memory.sums + filter * width;
      multiply(call);
      call.panel += call.taps * width;
    }
    if (tiles.back().first + tiles.back().count + plan.rest == share.block.rows * w.output.w) {
      multiply_rest(plan, call, filter, filters, memory);
    }
  }
  const PanelTile& last = tiles.back();
  if (last.count < width && call.last) {
    for (std::int64_t k = share.first_filter; k < share.last_filter; ++k) {
      std::copy_n(memory.sums + k * width, last.count, output + last.first + k * map);
    }
  }
}

void compute_share(const PanelPlan& plan, const PanelShare& share, const float* weights,
                   PanelMemory& memory) {
  const Windows& w = plan.windows();
  const std::int64_t plane = w.input.h * w.input.w;
  const float* input = plan.job.input + (share.n * w.groups + share.group) * w.channels * plane;
  const std::vector<PanelTile> tiles =
      tiles_of(share.block, share.block.rows * share.block.columns - plan.rest, plan.layout.pitch);
  const std::vector<Tap> taps = taps_of(plan.layout, plan.job);
  Correlation part = plan.job;
  part.windows.batch = part.windows.groups = 1;
  for (std::int64_t c = 0; c < w.channels; c += plan.piece) {
    const std::int64_t channels = std::min(plan.piece, w.channels - c);
    part.input = input + c * plane;
    part.windows.channels = channels;
    if (!plan.flat) {
      BandLayout layout = plan.layout;
      layout.size = channels * layout.channel + kMostPanelVectors * kPanelLanes;
      pack_band(layout, part, share.block, 0, 0, memory.band);
    }
    begin_rest(plan, share, part.input, channels, c == 0, memory);
    for (std::span<const PanelTile> rest = tiles; !rest.empty();) {
      const std::int64_t panel = channels * plan.taps() * rest.front().vectors * kPanelLanes;
      const auto most = static_cast<std::size_t>(std::max<std::int64_t>(1, kPanelFloats / panel));
      std::size_t count = 1;
      while (count < std::min(most, rest.size()) && rest[count].vectors == rest.front().vectors) {
        ++count;
      }
      if (plan.flat) {
        write_flat(rest.first(count), part.input, plane, channels, memory.panel, panel);
      }
      for (std::size_t t = 0; t < count && !plan.flat; ++t) {
        write_panel(rest[t], memory.band, plan.layout.channel, channels, taps,
                    memory.panel + static_cast<std::int64_t>(t) * panel);
      }
      multiply_tiles(plan, share, rest.first(count), c, channels, weights, memory);
      rest = rest.subspan(count);
    }
  }
  end_rest(plan, share, memory);
}

// Filters and channels whose weights are copied at once: neighbours in both orders share lines of
// the cache.
constexpr std::int64_t kCopiedFilters = 16;
constexpr std::int64_t kCopiedChannels = 32;

// Copies the weights of a block of filters to (G, K, C, kh, kw).
void write_weights(const Correlation& job, std::int64_t group, std::int64_t first, float* weights) {
  const FloatTag d;
  const Windows& w = job.windows;
  const WeightStrides& s = job.weight_strides;
  const std::int64_t kernel = w.kernel.h * w.kernel.w;
  const std::int64_t last = std::min(first + kCopiedFilters, w.filters);
  weights += group * w.filters * w.taps();
  for (std::int64_t c = 0; c < w.channels; c += kCopiedChannels) {
    const std::int64_t end = std::min(c + kCopiedChannels, w.channels);
    if (kernel == 1 && s.filter == 1 && kPanelLanes > 1 && last - first == kCopiedFilters &&
        end - c == kCopiedChannels) {
      for (std::int64_t k = first; k < last; k += kPanelLanes) {
        for (std::int64_t x = c; x < end; x += kPanelLanes) {
          transpose_square(d, job.weight_at(group, k, x), s.channel, weights + k * w.taps() + x,
                           w.taps());
        }
      }
      continue;
    }
    for (std::int64_t x = c; x < end; ++x) {
      for (std::int64_t k = first; k < last; ++k) {
        const float* from = job.weight_at(group, k, x);
        float* to = weights + k * w.taps() + x * kernel;
        for (std::int64_t i = 0; i < w.kernel.h; ++i) {
          for (std::int64_t j = 0; j < w.kernel.w; ++j) {
            *to++ = from[i * s.row + j * s.column];
          }
        }
      }
    }
  }
}

std::int64_t most_threads(const PanelPlan& plan) {
  const std::int64_t most = most_scratch(plan.windows()) - plan.shared_floats();
  return std::max<std::int64_t>(0, most / plan.thread_floats());
}

PanelForm panel_form_on_target(const Correlation& job) {
  const Windows& w = job.windows;
  if (reads_samples(w)) {
    const Correlation layer = sampled(job, nullptr);
    const std::int64_t samples = layer.windows.inputs();
    return most_threads(plan_panels(layer, 1)) > 0 && samples <= most_scratch(w) / 4
               ? panel_form_on_target(layer)
               : PanelForm::kNone;
  }
  const PanelPlan plan = plan_panels(job, 1);
  if (most_threads(plan) == 0) {
    return PanelForm::kNone;
  }
  return plan.rest > 0 ? PanelForm::kWithRest : PanelForm::kPlain;
}

bool panel_gemm_on_target(const Correlation& job, const RunOptions& run) {
  const Windows& w = job.windows;
  if (reads_samples(w)) {
    const std::int64_t planes = w.batch * w.groups * w.channels;
    const Scratch samples(planes * w.output.h * w.output.w);
    run_pass(run, planes, threads_for(run, 8 * planes * w.output.h * w.output.w),
             [&](std::int64_t plane, std::int64_t) { write_samples(job, plane, samples.data()); });
    return panel_gemm_on_target(sampled(job, samples.data()), run);
  }
  std::int64_t threads = threads_for(run, w.products());
  const PanelPlan plan = plan_panels(job, threads);
  threads = std::min(threads, most_threads(plan));
  if (threads == 0) {
    return false;
  }
  const Scratch weights = plan.reorder ? Scratch(w.weights()) : Scratch();
  if (plan.reorder) {
    const std::int64_t blocks = ceil_div(w.filters, kCopiedFilters);
    run_pass(run, w.groups * blocks, threads, [&](std::int64_t index, std::int64_t) {
      write_weights(job, index / blocks, index % blocks * kCopiedFilters, weights.data());
    });
  }
  std::vector<PanelMemory> memories(static_cast<std::size_t>(threads));
  for (PanelMemory& memory : memories) {
    memory.floats = Scratch(plan.thread_floats());
    memory.panel = memory.floats.data();
    memory.band = memory.panel + plan.panel_floats();
    memory.sums = memory.band + plan.band_floats();
    memory.rest_cells = memory.sums + plan.sums_floats();
    memory.rest_sums = memory.rest_cells + plan.rest * plan.piece;
  }
  const std::int64_t tasks = w.batch * w.groups * plan.blocks * plan.filter_parts;
  run_tasks(run, tasks, threads, [&](std::int64_t index, std::int64_t worker) {
    compute_share(plan, share_at(plan, index), weights.data(),
                  memories[static_cast<std::size_t>(worker)]);
  });
  return std::all_of(memories.begin(), memories.end(), [](const PanelMemory& memory) {
    return std::none_of(std::begin(memory.check), std::end(memory.check),
                        [](float lane) { return std::isnan(lane); });
  });
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace convscope::conv::rungs {

namespace {
HWY_EXPORT(panel_form_on_target);
HWY_EXPORT(panel_gemm_on_target);
}  // namespace

PanelForm panel_form(const Correlation& job) {
  return HWY_DYNAMIC_DISPATCH(panel_form_on_target)(job);
}

bool panel_gemm(const Correlation& job, const RunOptions& run) {
  return HWY_DYNAMIC_DISPATCH(panel_gemm_on_target)(job, run);
}

}  // namespace convscope::conv::rungs
#endif  // HWY_ONCE
