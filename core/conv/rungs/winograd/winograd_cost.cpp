#include "core/conv/rungs/winograd/winograd_cost.h"

#include <optional>

#include "core/conv/ceil_div.h"
#include "core/conv/rungs/dense/padding_cuts.h"
#include "core/conv/rungs/direct/stencil.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/winograd/winograd_plan.h"

namespace convscope::conv::rungs {

// In multiply-adds at the machine's peak, fitted to measurements.
WinogradCost winograd_cost(const Windows& w, const WinogradAxes& axes) {
  constexpr double kProduct = 1.15;
  constexpr double kCell = 8;
  constexpr double kSum = 12;
  constexpr double kKernel = 9;
  // Of phases, with 32 registers or 16.
  const double product_of_phases = stencil_shape().lanes == 16 ? 1.3 : 1.6;
  const auto points = static_cast<double>(w.groups * kTilePoints);
  const auto tiles = static_cast<double>(w.batch * axes.tiles());
  const auto channels = static_cast<double>(w.channels * axes.channel_phases());
  const auto cells = static_cast<double>(padded_to_lanes(w.channels * axes.channel_phases()));
  const auto filters = static_cast<double>(padded_to_lanes(w.filters) * axes.filter_phases());
  const double kernels = channels * filters;
  const double product = axes.channel_phases() > 1 ? product_of_phases : kProduct;
  return {points * kKernel * kernels,
          points * tiles * (product * kernels + kCell * cells + kSum * filters)};
}

namespace {

bool pays(const Windows& w, const std::optional<WinogradAxes>& axes, double products) {
  // Channels, all phases: with few, the loss of accuracy isn't worth it.
  constexpr std::int64_t kLeastSum = 8;
  // What the dense rung takes for a multiply-add; its copies are used by all filters.
  const double dense = 1.1 + 16.0 / static_cast<double>(w.filters);
  if (!axes || w.channels * axes->channel_phases() < kLeastSum || w.filters < kMostLanes) {
    return false;
  }
  const WinogradCost all = winograd_cost(w, *axes);
  return all.kernels + all.tiles < dense * products;
}

}  // namespace

bool winograd_worth_it(const Windows& windows) {
  return pays(windows, winograd_axes(windows),
              static_cast<double>(products_of(windows, padding_cuts(windows))));
}

bool winograd_transposed_worth_it(const Windows& windows) {
  // The dense rung has to interleave its phases: 0.92 to 1.22 on the layers measured.
  constexpr double kPhases = 1.15;
  return pays(windows_of_transpose(windows), transposed_axes(windows),
              kPhases * static_cast<double>(windows.products()));
}

// Every kernel comes from 36 points; the 4x4 tiles have to make up for that.
bool winograd_gradient_worth_it(const Windows& windows) {
  const std::int64_t tiles =
      windows.batch * ceil_div(windows.output.h, 4) * ceil_div(windows.output.w, 4);
  return windows.channels >= 16 && windows.filters >= 16 && tiles >= 16 &&
         tiles >= windows.channels / 4;
}

}  // namespace convscope::conv::rungs
