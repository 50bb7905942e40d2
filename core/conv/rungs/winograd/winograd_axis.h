// How one axis of a layer is split for Winograd's algorithm. With six points a tile of 7 - r
// outputs comes from six cells, whatever the number r of taps, and the cells are transformed to
// points in the same way; so all of these are one computation on cells `step` apart:
//
// - a plain kernel: a single phase;
// - dilation d: outputs d apart form a map of their own, with its own tiles (tile phases);
// - stride s: cells s apart form a map of their own, so a channel becomes s channels, and a kernel
//   of k taps one of ceil(k / s), with zeros where a phase has fewer (channel phases);
// - a transposed layer with stride s: outputs s apart have a kernel of their own, every s-th tap,
//   reversed, so a filter becomes s filters (filter phases). All read the same tiles: if a
//   phase's windows start some cells later, its outputs lag by as much.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/correlation.h"
#include "core/conv/rungs/winograd/winograd_points.h"

namespace convscope::conv::rungs {

inline constexpr std::int64_t kLeastTaps = 2;
inline constexpr std::int64_t kMostTaps = 5;

struct WinogradAxis {
  // Outputs phase, phase + phases, ... of a transposed layer; other layers have one such phase.
  struct Filters {
    std::int64_t first_tap = 0;  // the tap of the layer's kernel over the first cell
    std::int64_t tap_step = 1;   // from cell to cell
    std::int64_t lag = 0;        // tile 0 starts this many outputs before the phase's first
  };

  std::int64_t taps = 0;                       // r
  std::int64_t kernel = 0;                     // taps of the layer's kernel
  std::int64_t first = 0;                      // the first cell of the input that tile 0 reads
  std::int64_t reach = 0;                      // cells from there on that windows read
  std::int64_t step = 1;                       // from cell to cell: tile phases or channel phases
  std::int64_t tile_phases = 1;                // d
  std::int64_t channel_phases = 1;             // s
  std::vector<Filters> filters = {Filters()};  // s of a transposed layer
  std::int64_t tiles = 0;                      // of one tile phase
  std::int64_t output = 0;                     // outputs in all

  std::int64_t tile() const { return kTileCells + 1 - taps; }  // outputs of a tile
  std::int64_t filter_phases() const { return static_cast<std::int64_t>(filters.size()); }
  const Filters& filters_of(std::int64_t phase) const {
    return filters[static_cast<std::size_t>(phase)];
  }
  std::int64_t end() const { return first + reach; }  // past the last cell read
  std::int64_t most_lag() const;
  // From output to output of a phase.
  std::int64_t output_step() const { return tile_phases * filter_phases(); }
  // Cells that `count` neighbouring tiles of all tile phases span, and the outputs of all phases.
  std::int64_t cells_of(std::int64_t count) const { return step * (tile() * count + taps - 1); }
  std::int64_t outputs_of(std::int64_t count) const {
    return output_step() * (tile() * count + most_lag());
  }
  // The tap of the layer's kernel that corresponds to tap `index` of a phase; -1: none, it is zero.
  std::int64_t tap(std::int64_t channel_phase, std::int64_t filter_phase,
                   std::int64_t index) const {
    const Filters& phase = filters_of(filter_phase);
    const std::int64_t tap = phase.first_tap + channel_phase + index * phase.tap_step;
    return tap < kernel ? std::max<std::int64_t>(tap, -1) : -1;
  }
};

struct WinogradAxes {
  WinogradAxis rows;
  WinogradAxis columns;

  std::int64_t channel_phases() const { return rows.channel_phases * columns.channel_phases; }
  std::int64_t filter_phases() const { return rows.filter_phases() * columns.filter_phases(); }
  std::int64_t tiles() const {
    return rows.tiles * rows.tile_phases * columns.tiles * columns.tile_phases;
  }
};

// For a correlation; nullopt if an axis does not have 2 to 5 taps, or has both stride and dilation.
std::optional<WinogradAxes> winograd_axes(const Windows& windows);

// For the transpose of `windows`, dilation 1; nullopt as above.
std::optional<WinogradAxes> transposed_axes(const Windows& windows);

}  // namespace convscope::conv::rungs
