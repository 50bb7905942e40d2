// One axis of a layer: windows sliding over its equivalent input (as_convolution.h), called the
// stage here.
#pragma once

#include <cstdint>
#include <optional>

#include "core/conv/layer_spec.h"
#include "core/conv/padding.h"

namespace convscope::conv {

struct WindowAxis {
  std::int64_t size = 1;     // cells of the layer's own input
  std::int64_t outputs = 1;  // windows
  std::int64_t kernel = 1;
  std::int64_t stride = 1;  // of the windows: 1 over a stretched input
  std::int64_t dilation = 1;
  std::int64_t before = 0;      // padding in stage cells; negative if the stage is cropped
  std::int64_t stretch = 1;     // real cells are at multiples of it
  std::int64_t padded_end = 1;  // where the padding after the stage ends
  PaddingMode mode = PaddingMode::kZeros;

  std::int64_t reach() const { return dilation * (kernel - 1) + 1; }
  std::int64_t stage_size() const { return (size - 1) * stretch + 1; }
  // The first stage cell of a window, and the cell under one of its taps.
  std::int64_t start(std::int64_t window) const { return window * stride - before; }
  std::int64_t cell(std::int64_t window, std::int64_t tap) const {
    return start(window) + tap * dilation;
  }
  // The input cell whose value is at a stage cell; nullopt for a zero.
  std::optional<std::int64_t> source(std::int64_t stage) const {
    if (stretch == 1) {
      return source_index(stage, size, mode);
    }
    const bool real = stage >= 0 && stage < stage_size() && stage % stretch == 0;
    return real ? std::optional(stage / stretch) : std::nullopt;
  }
};

struct WindowAxes {
  WindowAxis rows;
  WindowAxis columns;
};

// For a layer without problems(); explicit pads may be negative (the input is cropped).
WindowAxes window_axes(const LayerSpec& spec, const Shape& input);

}  // namespace convscope::conv
