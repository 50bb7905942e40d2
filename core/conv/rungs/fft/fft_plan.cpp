#include "core/conv/rungs/fft/fft_plan.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "core/conv/ceil_div.h"

namespace convscope::conv::rungs {

namespace {

// Cells that a dilated kernel spans.
std::int64_t reach(std::int64_t size, std::int64_t dilation) { return (size - 1) * dilation + 1; }

// Nanoseconds for transforming a pair of tiles forward and back, fitted on one core of Zen 4: two
// per value, growing as a tile exceeds the first-level cache.
double pair_cost(Size2 tile) {
  const auto values = static_cast<double>(tile.h * tile.w);
  return values * (2 + 0.3 * std::max(0.0, std::log2(values) - 13));
}

// The cost of what is done once per call.
constexpr double kCallCost = 5000;

FftPlan plan_of(const Windows& w, Size2 tile, Size2 step) {
  FftPlan plan;
  plan.tile = tile;
  plan.step = step;
  plan.tiles = {ceil_div(w.output.h, step.h), ceil_div(w.output.w, step.w)};
  plan.channels = w.channels;
  plan.spectra = w.groups * w.filters * w.channels;
  plan.pairs = ceil_div(plan.tiles.h * plan.tiles.w, 2);
  // Forward for every channel and every kernel, back once.
  const std::int64_t ways =
      w.batch * w.groups * w.filters * plan.pairs * (w.channels + 1) + plan.spectra;
  plan.cost = kCallCost + static_cast<double>(ways) / 2 * pair_cost(tile);
  return plan;
}

std::vector<float> twiddles(std::int64_t n) {
  std::vector<float> table;
  const std::int64_t radix = fft_radix(n);
  for (std::int64_t j = 0; j < n / radix; ++j) {
    for (std::int64_t q = 1; q < radix; ++q) {
      const double angle =
          -2.0 * std::numbers::pi * static_cast<double>(j * q) / static_cast<double>(n);
      table.push_back(static_cast<float>(std::cos(angle)));
      table.push_back(static_cast<float>(std::sin(angle)));
    }
  }
  return table;
}

}  // namespace

std::optional<FftPlan> fft_plan(const Windows& w) {
  if (w.stride != Size2{1, 1}) {
    return std::nullopt;
  }
  const Size2 kernel = {reach(w.kernel.h, w.dilation.h), reach(w.kernel.w, w.dilation.w)};
  std::optional<FftPlan> best;
  for (const std::int64_t height : kFftLengths) {
    for (const std::int64_t width : kFftLengths) {
      const Size2 step = {height - kernel.h + 1, width - kernel.w + 1};
      // A tile of which the kernel's reach takes most isn't worth its memory.
      if (step.h < height / 2 || step.w < width / 2) {
        continue;
      }
      const FftPlan plan = plan_of(w, {height, width}, step);
      if (plan.room(most_scratch(w)) > 0 && (!best || plan.cost < best->cost)) {
        best = plan;
      }
    }
  }
  return best;
}

FftTwiddles::FftTwiddles(Size2 tile) {
  for (const std::int64_t side : {tile.h, tile.w}) {
    for (std::int64_t n = side; n > 8; n /= fft_radix(n)) {
      tables_[slot(n)] = twiddles(n);
    }
  }
}

std::size_t FftTwiddles::slot(std::int64_t n) {
  return static_cast<std::size_t>(std::countr_zero(static_cast<std::uint64_t>(n)));
}

}  // namespace convscope::conv::rungs
