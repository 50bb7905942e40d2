#include "core/conv/rungs/winograd/winograd_axis.h"

namespace convscope::conv::rungs {

namespace {

bool has_tiles(const WinogradAxis& axis) {
  return axis.taps >= kLeastTaps && axis.taps <= kMostTaps;
}

WinogradAxis axis_of(std::int64_t output, std::int64_t kernel, std::int64_t stride,
                     std::int64_t dilation, std::int64_t before) {
  WinogradAxis axis;
  axis.taps = ceil_div(kernel, stride);
  axis.kernel = kernel;
  axis.first = -before;
  axis.reach = (output - 1) * stride + (kernel - 1) * dilation + 1;
  axis.step = stride * dilation;
  axis.tile_phases = dilation;
  axis.channel_phases = stride;
  axis.filters[0].tap_step = stride;
  axis.tiles = has_tiles(axis) ? ceil_div(ceil_div(output, dilation), axis.tile()) : 0;
  axis.output = output;
  return axis;
}

// Value v contributes to output y through tap i if y + before = v·stride + i: the taps of a phase
// are stride apart, and the last of them meets the phase's first value.
WinogradAxis transposed_axis(std::int64_t output, std::int64_t kernel, std::int64_t stride,
                             std::int64_t before) {
  struct Phase {
    std::int64_t taps;
    std::int64_t first_tap;
    std::int64_t first_value;  // the one that the phase's first output reads
    std::int64_t outputs;
  };
  std::vector<Phase> phases;
  WinogradAxis axis;
  axis.kernel = kernel;
  axis.output = output;
  axis.taps = ceil_div(kernel, stride);
  if (!has_tiles(axis)) {
    return axis;
  }
  for (std::int64_t phase = 0; phase < stride; ++phase) {
    const std::int64_t lowest = ((phase + before) % stride + stride) % stride;
    const std::int64_t taps = lowest < kernel ? ceil_div(kernel - lowest, stride) : 0;
    phases.push_back({taps, lowest + (taps - 1) * stride,
                      (phase + before - lowest) / stride - (taps - 1),
                      ceil_div(std::max<std::int64_t>(output - phase, 0), stride)});
  }
  axis.first = phases[0].first_value;
  for (const Phase& phase : phases) {
    axis.first = std::min(axis.first, phase.first_value);
  }
  axis.filters.clear();
  for (const Phase& phase : phases) {
    const std::int64_t lag = phase.first_value - axis.first;
    axis.filters.push_back({phase.first_tap, -stride, lag});
    axis.reach = std::max(axis.reach, lag + phase.outputs - 1 + phase.taps);
    axis.tiles = std::max(axis.tiles, ceil_div(lag + phase.outputs, axis.tile()));
  }
  return axis;
}

std::optional<WinogradAxes> with_tiles(WinogradAxes axes) {
  return has_tiles(axes.rows) && has_tiles(axes.columns) ? std::optional(std::move(axes))
                                                         : std::nullopt;
}

}  // namespace

std::int64_t WinogradAxis::most_lag() const {
  std::int64_t most = 0;
  for (const Filters& phase : filters) {
    most = std::max(most, phase.lag);
  }
  return most;
}

std::optional<WinogradAxes> winograd_axes(const Windows& w) {
  if (std::min(w.stride.h, w.dilation.h) > 1 || std::min(w.stride.w, w.dilation.w) > 1) {
    return std::nullopt;
  }
  return with_tiles({axis_of(w.output.h, w.kernel.h, w.stride.h, w.dilation.h, w.top),
                     axis_of(w.output.w, w.kernel.w, w.stride.w, w.dilation.w, w.left)});
}

std::optional<WinogradAxes> transposed_axes(const Windows& w) {
  if (w.dilation != Size2{1, 1}) {
    return std::nullopt;
  }
  return with_tiles({transposed_axis(w.input.h, w.kernel.h, w.stride.h, w.top),
                     transposed_axis(w.input.w, w.kernel.w, w.stride.w, w.left)});
}

}  // namespace convscope::conv::rungs
