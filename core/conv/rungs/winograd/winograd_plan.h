// How a layer is split for Winograd's algorithm, and the layout of its scratch memory.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/winograd/winograd_axis.h"
#include "core/conv/rungs/winograd/winograd_points.h"
#include "core/conv/rungs/winograd/winograd_tiles.h"

namespace convscope::conv::rungs {

// All filter phases of kMostLanes filters are stored together: a panel computes all phases of its
// outputs.
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
        piece(by_panels && blocks.count == 1 ? std::min(channels, kPieceChannels) : 0),
        cell_row(padded_to_lanes(channels)),
        cell_plane(plane_floats(blocks.tiles, cell_row)),
        sum_row(panel * axes.filter_phases()),
        sum_plane(plane_floats(blocks.tiles, sum_row)) {}

  // The tasks that a small map is split into; from this many blocks on, each block is one task.
  // Fixed, whatever the number of threads: a few tasks cost a single thread little.
  static constexpr std::int64_t kLeastTasks = 4;
  static constexpr std::int64_t kManyBlocks = 8;
  static constexpr std::int64_t kPieceChannels = 48;
  // With fewer tiles per block, the kernels are read more than they are used.
  static constexpr std::int64_t kLeastTiles = 12;

  std::int64_t least_blocks(std::int64_t tiles) const {
    return std::clamp<std::int64_t>(tiles / kLeastTiles, 1, ceil_div(kLeastTasks, groups * panels));
  }
  static std::int64_t most_panel(const WinogradAxes& axes) {
    return std::max(kMostLanes, kPanel / axes.filter_phases() / kMostLanes * kMostLanes);
  }
  // For kernels at the points: a panel's place in a group, and the distance from point to point.
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
  std::int64_t kernel_floats() const { return piece > 0 ? 0 : kernels_at(groups, 0); }
  // The same for a piece of the channels.
  std::int64_t piece_plane(std::int64_t index) const { return plane_floats(piece, width(index)); }
  // Packed cells; reused for one row of tiles of outputs.
  std::int64_t row_floats() const {
    const std::int64_t outputs =
        axes.rows.tile() * axes.columns.outputs_of(blocks.runs.most_columns()) * kMostLanes;
    return std::max(pack_floats(blocks.runs, axes.columns), outputs);
  }
  std::int64_t all_blocks() const { return groups * blocks.count; }
  std::int64_t tasks() const { return all_blocks() * (by_panels ? panels : 1); }
  std::int64_t cell_floats() const { return kTilePoints * cell_plane; }  // of a block
  // Per thread: row_floats(), the sums at the points and a piece of the kernels.
  std::int64_t thread_floats() const {
    return row_floats() + kTilePoints * (sum_plane + (piece > 0 ? piece_plane(0) : 0));
  }
  // The number of threads that fit in this many floats.
  std::int64_t room(std::int64_t most_floats) const {
    const std::int64_t all_cells = by_panels ? all_blocks() * cell_floats() : 0;
    const std::int64_t own_cells = by_panels ? 0 : cell_floats();
    return std::max<std::int64_t>(0, most_floats - kernel_floats() - all_cells) /
           (thread_floats() + own_cells);
  }

  WinogradAxes axes;
  std::int64_t groups;
  std::int64_t panel;       // filters per panel
  std::int64_t panels;      // of a group
  TileBlocks blocks;        // of a group
  bool by_panels;           // a task is a panel of a block, not a whole block
  std::int64_t last_panel;  // filters of the last one, padded
  std::int64_t channels;    // of a group, all phases
  // If a panel's kernels are used once, they are transformed a piece of the channels at a time and
  // stay in the second-level cache; otherwise 0.
  std::int64_t piece;
  std::int64_t cell_row;    // from tile to tile
  std::int64_t cell_plane;  // from point to point
  std::int64_t sum_row;
  std::int64_t sum_plane;
};

// A block of one group: its index in the group, and its cells at the points.
struct WinogradBlock {
  std::int64_t group = 0;
  std::int64_t index = 0;
  float* cells = nullptr;
};

// nullopt if an axis does not have 2 to 5 taps, or if the memory would exceed most_scratch().
std::optional<WinogradPlan> winograd_plan(const Windows& windows,
                                          const std::optional<WinogradAxes>& axes);

// The transpose as a correlation of its values, apart from its axes.
Windows windows_of_transpose(Windows windows);

}  // namespace convscope::conv::rungs
