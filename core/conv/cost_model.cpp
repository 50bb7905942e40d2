#include "core/conv/cost_model.h"

#include <algorithm>
#include <cmath>

#include "core/conv/ceil_div.h"
#include "core/conv/correlate.h"
#include "core/conv/cost_prices.h"
#include "core/conv/rungs/dense/padding_cuts.h"
#include "core/conv/rungs/direct/channel_planes.h"
#include "core/conv/rungs/direct/stencil.h"
#include "core/conv/rungs/fft/fft_plan.h"
#include "core/conv/rungs/rungs.h"
#include "core/conv/rungs/scatter_add.h"
#include "core/conv/rungs/winograd/winograd_plan.h"

namespace convscope::conv {

namespace {

using rungs::Windows;

double as_double(std::int64_t count) { return static_cast<double>(count); }

std::int64_t float_lanes() { return rungs::stencil_shape().lanes; }

// What all forms have: a call, results, operands that come from far.
Cost begun(Form form, const Windows& w) {
  constexpr std::int64_t kNear = std::int64_t{1} << 22;  // floats that a last-level cache keeps
  Cost cost;
  cost.form = form;
  cost.of(Work::kCall) = 1;
  cost.of(Work::kResults) = as_double(w.outputs());
  cost.of(Work::kFar) = as_double(std::max<std::int64_t>(0, w.operand_floats() - kNear));
  return cost;
}

// Cells of the padded input of a group of one image, of which windows read.
std::int64_t padded_cells(const Windows& w) {
  const auto reach = [](std::int64_t windows, std::int64_t stride, std::int64_t kernel,
                        std::int64_t dilation) {
    return (windows - 1) * stride + (kernel - 1) * dilation + 1;
  };
  return w.channels * reach(w.output.h, w.stride.h, w.kernel.h, w.dilation.h) *
         reach(w.output.w, w.stride.w, w.kernel.w, w.dilation.w);
}

Cost exact_cost(const Windows& w) {
  // See exact.cpp and exact_small.cpp.
  constexpr std::int64_t kMostSmall = std::int64_t{1} << 18;
  constexpr std::int64_t kMostCells = 8192;
  constexpr std::int64_t kMostWeights = 2048;
  const std::int64_t lanes = std::max<std::int64_t>(1, float_lanes() / 2);
  const std::int64_t groups = w.batch * w.groups;
  if (w.products() <= kMostSmall && w.taps() <= kMostWeights && padded_cells(w) <= kMostCells) {
    Cost cost = begun(Form::kExactSmall, w);
    const std::int64_t pitch = w.output.w + (w.kernel.w - 1) * w.dilation.w / w.stride.w;
    const std::int64_t run = (w.output.h - 1) * pitch + w.output.w;
    cost.of(Work::kVectors) = as_double(groups * w.filters * w.taps() * ceil_div(run, lanes));
    cost.of(Work::kCells) = as_double(groups * padded_cells(w));
    cost.of(Work::kWeights) = as_double(w.batch * w.weights());
    return cost;
  }
  Cost cost = begun(Form::kExactRows, w);
  const std::int64_t rows = groups * w.filters * w.output.h * w.taps();
  cost.of(Work::kRows) = as_double(rows);
  cost.of(Work::kVectors) = as_double(rows * ceil_div(w.output.w, lanes));
  return cost;
}

Cost direct_cost(const Windows& w) {
  const std::int64_t planes = w.batch * w.groups * w.filters;
  if (rungs::direct_uses_planes(w)) {
    Cost cost = begun(Form::kPlanes, w);
    cost.of(Work::kVectors) = as_double(ceil_div(planes, float_lanes()) * w.output.h * w.output.w *
                                        w.kernel.h * w.kernel.w);
    cost.of(Work::kCells) = as_double(w.inputs());
    return cost;
  }
  const bool strided = w.stride.w > 1;
  Cost cost = begun(strided ? Form::kStencilStrided : Form::kStencil, w);
  const rungs::StencilShape shape = rungs::stencil_shape();
  const std::int64_t map_rows = rungs::map_tile_rows(w);
  const std::int64_t tile = map_rows > 0 ? map_rows : shape.rows;
  const std::int64_t lanes = map_rows > 0 ? shape.lanes / 2 : shape.lanes;
  const std::int64_t tiles = planes * ceil_div(w.output.h, tile);
  cost.of(Work::kRows) = as_double(tiles * w.channels);
  cost.of(Work::kVectors) =
      as_double(tiles * tile * w.taps() * round_up(w.output.w, lanes) / shape.lanes);
  if (strided) {
    // Every filter copies the rows of its tile anew.
    const std::int64_t rows = tile * w.stride.h + w.kernel.h;
    cost.of(Work::kCells) =
        as_double(tiles * w.channels * rows * w.stride.w * round_up(w.output.w, lanes));
  }
  return cost;
}

Cost separable_cost(const Windows& w) {
  Cost cost = begun(Form::kSeparable, w);
  const std::int64_t planes = w.batch * w.groups * w.filters;
  const std::int64_t vectors = ceil_div(w.output.w, float_lanes());
  const std::int64_t rows = (w.output.h - 1) * w.stride.h + (w.kernel.h - 1) * w.dilation.h + 1;
  cost.of(Work::kVectors) =
      as_double(planes * vectors * (rows * w.kernel.w + w.output.h * w.kernel.h));
  cost.of(Work::kRows) = as_double(planes * (rows + w.output.h));
  if (w.stride.w > 1) {
    cost.of(Work::kCells) = as_double(planes * rows * w.output.w * w.stride.w);
  }
  return cost;
}

std::optional<Cost> fft_cost(const Windows& w) {
  const auto plan = rungs::fft_plan(w);
  if (!plan) {
    return std::nullopt;
  }
  Cost cost = begun(Form::kFft, w);
  const std::int64_t maps = w.batch * w.groups * w.filters;
  const double tile = as_double(plan->tile.h * plan->tile.w);
  // Passes of transforms, for the cells, the kernels and back; then products of the spectra.
  const double values = tile * std::log2(tile);
  cost.of(Work::kCells) = as_double(maps * plan->pairs * w.channels) * values;
  cost.of(Work::kWeights) = as_double(plan->spectra) * values;
  cost.of(Work::kResults) = as_double(maps * plan->pairs) * values;
  cost.of(Work::kVectors) =
      as_double(maps * plan->pairs * w.channels) * tile / as_double(float_lanes());
  return cost;
}

std::optional<Cost> winograd_cost(Form form, const Windows& w,
                                  const std::optional<rungs::WinogradAxes>& axes) {
  if (!rungs::winograd_plan(w, axes)) {
    return std::nullopt;
  }
  Cost cost = begun(form, w);
  const double points = as_double(w.groups * rungs::kTilePoints);
  const double tiles = points * as_double(w.batch * axes->tiles());
  const double channels = as_double(rungs::padded_to_lanes(w.channels * axes->channel_phases()));
  const double filters = as_double(rungs::padded_to_lanes(w.filters) * axes->filter_phases());
  cost.of(Work::kVectors) =
      tiles * as_double(w.channels * axes->channel_phases()) * filters / as_double(float_lanes());
  cost.of(Work::kCells) = tiles * channels;
  cost.of(Work::kResults) = tiles * filters;
  cost.of(Work::kWeights) = points * as_double(w.channels * axes->channel_phases()) * filters;
  return cost;
}

// See gemm.cpp, panels_worth_it().
bool has_panels(const Windows& w) {
  return w.filters >= 24 || (w.filters >= 16 && w.products() >= 1 << 20);
}

Cost gemm_cost(const Windows& w) {
  const double read = as_double(rungs::products_of(w, rungs::padding_cuts(w))) /
                      as_double(std::max<std::int64_t>(1, w.products()));
  const std::int64_t groups = w.batch * w.groups;
  const std::int64_t map = w.output.h * w.output.w;
  const bool panels = has_panels(w);
  Cost cost = begun(panels ? Form::kPanels : Form::kBands, w);
  const std::int64_t vectors = panels || w.is_pointwise()
                                   ? ceil_div(map, float_lanes())
                                   : w.output.h * ceil_div(w.output.w, float_lanes());
  cost.of(Work::kVectors) = read * as_double(groups * w.filters * w.taps() * vectors);
  // To begin a group takes as long as some tiles.
  constexpr std::int64_t kGroupTiles = 16;
  cost.of(Work::kRows) = as_double(groups * (kGroupTiles + ceil_div(w.filters, std::int64_t{8}) *
                                                               ceil_div(vectors, std::int64_t{3})));
  cost.of(Work::kWeights) = as_double(w.weights());
  cost.of(Work::kCells) = panels             ? read * as_double(groups * w.taps() * map)
                          : w.is_pointwise() ? 0
                                             : as_double(groups * padded_cells(w));
  return cost;
}

// The transpose of stride 1 is a correlation of the values with what the kernel reaches beside
// them as padding.
Windows as_correlation(Windows w) {
  w = rungs::windows_of_transpose(w);
  w.top = (w.kernel.h - 1) * w.dilation.h - w.top;
  w.left = (w.kernel.w - 1) * w.dilation.w - w.left;
  return w;
}

}  // namespace

std::string_view name_of(Form form) { return kFormNames[static_cast<std::size_t>(form)]; }

double Cost::nanoseconds() const {
  double sum = 0;
  for (std::size_t i = 0; i < kWorkKinds; ++i) {
    sum += amounts[i] * kPrices[static_cast<std::size_t>(form)][i];
  }
  return sum;
}

std::optional<Cost> cost_of(Algorithm algorithm, const Windows& w) {
  switch (algorithm) {
    case Algorithm::kAuto:
      return std::nullopt;
    case Algorithm::kExact:
      return exact_cost(w);
    case Algorithm::kDirect:
      return rungs::direct_applies(w) ? std::optional(direct_cost(w)) : std::nullopt;
    case Algorithm::kSeparable:
      return rungs::direct_applies(w) && w.channels == 1 ? std::optional(separable_cost(w))
                                                         : std::nullopt;
    case Algorithm::kFft:
      return fft_cost(w);
    case Algorithm::kWinograd:
      return winograd_cost(Form::kWinograd, w, rungs::winograd_axes(w));
    case Algorithm::kGemm:
      return gemm_cost(w);
  }
  return std::nullopt;
}

std::optional<Cost> transposed_cost(Algorithm algorithm, const Windows& w) {
  const Windows turned = rungs::windows_of_transpose(w);
  const std::int64_t lanes = float_lanes();
  const std::int64_t positions = w.output.h * w.output.w;
  const std::int64_t taps = w.kernel.h * w.kernel.w;
  const std::int64_t groups = w.batch * w.groups;
  if (algorithm == Algorithm::kExact) {
    Cost cost = begun(Form::kTransposedExact, turned);
    const std::int64_t rows = groups * w.channels * w.filters * taps * w.output.h;
    cost.of(Work::kRows) = as_double(rows);
    cost.of(Work::kVectors) = as_double(rows * w.output.w);  // of one position each
    return cost;
  }
  if (algorithm == Algorithm::kWinograd) {
    return winograd_cost(Form::kTransposedWinograd, turned, rungs::transposed_axes(w));
  }
  if (algorithm != Algorithm::kGemm) {
    return std::nullopt;
  }
  if (rungs::scatter_add_worth_it(w)) {
    Cost cost = begun(Form::kTransposedScatter, turned);
    cost.of(Work::kVectors) =
        as_double(groups * positions * w.filters * ceil_div(w.channels * taps, lanes));
    cost.of(Work::kWeights) = as_double(w.weights());
    cost.of(Work::kRows) = as_double(groups * positions * w.channels * taps);
    return cost;
  }
  const bool apart = w.kernel == w.stride && w.top == 0 && w.left == 0;
  Cost cost = begun(apart ? Form::kTransposedApart : Form::kTransposedPhases, turned);
  cost.of(Work::kVectors) =
      as_double(groups * w.channels * taps * w.filters * ceil_div(positions, lanes));
  cost.of(Work::kWeights) = as_double(w.weights());
  cost.of(Work::kCells) = as_double(groups * w.filters * positions);
  return cost;
}

std::optional<Windows> correlated_windows(const LayerSpec& spec, const Shape& input) {
  const Windows windows = windows_of(spec, input);
  if (spec.op != Op::kConvTranspose) {
    return windows;
  }
  return windows.stride == Size2{1, 1} ? std::optional(as_correlation(windows)) : std::nullopt;
}

bool winograd_is_accurate(const LayerSpec& spec, const Shape& input) {
  constexpr std::int64_t kLeastSum = 8;
  const std::optional<Windows> windows = correlated_windows(spec, input);
  const Windows w = windows ? *windows : rungs::windows_of_transpose(windows_of(spec, input));
  const auto axes =
      windows ? rungs::winograd_axes(w) : rungs::transposed_axes(windows_of(spec, input));
  return axes && w.channels * axes->channel_phases() >= kLeastSum && w.filters >= rungs::kMostLanes;
}

std::optional<Cost> cost_of(Algorithm algorithm, const LayerSpec& spec, const Shape& input) {
  const std::optional<Windows> windows = correlated_windows(spec, input);
  // The exact rung follows the definition of a transposed layer, whatever the stride.
  return windows && (spec.op == Op::kConv || algorithm != Algorithm::kExact)
             ? cost_of(algorithm, *windows)
             : transposed_cost(algorithm, windows_of(spec, input));
}

}  // namespace convscope::conv
