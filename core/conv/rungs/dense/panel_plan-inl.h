// How panel_gemm.cpp divides a layer: into blocks of rows, tiles of positions and pieces of
// channels.
#if defined(CONVSCOPE_PANEL_PLAN_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CONVSCOPE_PANEL_PLAN_INL_H_
#undef CONVSCOPE_PANEL_PLAN_INL_H_
#else
#define CONVSCOPE_PANEL_PLAN_INL_H_
#endif

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/dense/band.h"
#include "core/conv/rungs/dense/panel_multiply-inl.h"
#include "core/conv/rungs/scratch.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace convscope::conv::rungs::HWY_NAMESPACE {
namespace {

// A panel takes most of the first-level cache. With 32 registers a tap of it is used so often that
// it may as well come from the second level, and longer pieces begin and end less often.
constexpr std::int64_t kPanelFloats = kRegisters == 32 ? 20480 : 6144;
// The padded input of a piece of the channels stays in the second-level cache.
constexpr std::int64_t kPieceFloats = std::int64_t{1} << 15;

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
  std::int64_t piece = 0;         // channels
  std::int64_t filter_parts = 1;  // of a block
  std::int64_t tile_parts = 1;
  BandLayout layout;  // of a whole block and piece

  const Windows& windows() const { return job.windows; }
  std::int64_t taps() const { return job.windows.kernel.h * job.windows.kernel.w; }
  std::int64_t piece_taps() const { return piece * taps(); }
  // One tile at least, and no more than all of a block.
  std::int64_t panel_floats() const {
    const std::int64_t tile = piece_taps() * kMostPanelVectors * kPanelLanes;
    const std::int64_t all =
        piece_taps() * round_up(block_rows * job.windows.output.w, kPanelLanes);
    return aligned_count(std::max(std::min(kPanelFloats, all), tile) + kPanelLanes);
  }
  std::int64_t band_floats() const { return flat ? 0 : aligned_count(layout.size + kPanelLanes); }
  std::int64_t sums_floats() const { return job.windows.filters * kMostPanelVectors * kPanelLanes; }
  // The cells of a piece and the sums of the positions that are left.
  std::int64_t rest_floats() const {
    return rest * aligned_count(piece_taps() + job.windows.filters);
  }
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

PanelPlan plan_panels(const Correlation& job, std::int64_t threads) {
  PanelPlan plan;
  plan.job = job;
  Windows& w = plan.job.windows;
  plan.flat = w.is_pointwise();
  if (plan.flat) {
    // Rows of one vector each, so that blocks can be of any size.
    w.output = w.input = {1, w.input.h * w.input.w};
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
  plan.block_rows = ceil_div(w.output.h, ceil_div(w.output.h, plan.block_rows));
  plan.blocks = ceil_div(w.output.h, plan.block_rows);
  plan.rest = plan.blocks == 1 ? rest_of(w.output.h * w.output.w) : 0;
  // Tasks that share a block each copy its cells: those of filters all of them, so they need many
  // filters; those of tiles only their own panels.
  const std::int64_t tasks = w.batch * w.groups * plan.blocks;
  const std::int64_t wanted = threads > 1 ? ceil_div(4 * threads, tasks) : 1;
  const std::int64_t tiles =
      tiles_for(ceil_div(plan.block_rows * w.output.w - plan.rest, kPanelLanes));
  plan.tile_parts = std::clamp<std::int64_t>(tiles / 4, 1, wanted);
  plan.filter_parts =
      std::clamp<std::int64_t>(w.filters / 64, 1, ceil_div(wanted, plan.tile_parts));
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
  std::int64_t tile_part = 0;
};

PanelShare share_at(const PanelPlan& plan, std::int64_t index) {
  const Windows& w = plan.windows();
  PanelShare share;
  const std::int64_t part = index % plan.filter_parts;
  index /= plan.filter_parts;
  share.first_filter = w.filters * part / plan.filter_parts;
  share.last_filter = w.filters * (part + 1) / plan.filter_parts;
  share.tile_part = index % plan.tile_parts;
  index /= plan.tile_parts;
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

std::int64_t most_threads(const PanelPlan& plan) {
  const std::int64_t most = most_scratch(plan.windows()) - plan.shared_floats();
  return std::max<std::int64_t>(0, most / plan.thread_floats());
}

}  // namespace
}  // namespace convscope::conv::rungs::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // CONVSCOPE_PANEL_PLAN_INL_H_
