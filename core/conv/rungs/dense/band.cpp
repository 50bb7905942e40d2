#include "core/conv/rungs/dense/band.h"

#include <algorithm>

namespace convscope::conv::rungs {

namespace {

// Offsets of taps from the window's first cell, along one axis.
struct TapAxis {
  std::int64_t count;
  std::int64_t dilation;
  std::int64_t before;
};

template <typename AxisOf>
PhaseAxis axis_of(std::span<const Correlation> parts, std::int64_t stride, AxisOf tap_axis) {
  PhaseAxis axis;
  axis.stride = stride;
  axis.shift = -tap_axis(parts.front()).before;
  for (const Correlation& part : parts) {
    axis.shift = std::min(axis.shift, -tap_axis(part).before);
  }
  for (const Correlation& part : parts) {
    const TapAxis taps = tap_axis(part);
    for (std::int64_t t = 0; t < taps.count; ++t) {
      const std::int64_t cell = t * taps.dilation - taps.before - axis.shift;
      axis.reach = std::max(axis.reach, cell / stride);
      if (std::find(axis.phases.begin(), axis.phases.end(), cell % stride) == axis.phases.end()) {
        axis.phases.push_back(cell % stride);
      }
    }
  }
  return axis;
}

std::int64_t index_of(const std::vector<std::int64_t>& phases, std::int64_t phase) {
  return std::find(phases.begin(), phases.end(), phase) - phases.begin();
}

}  // namespace

std::int64_t BandLayout::offset_of(std::int64_t row, std::int64_t column) const {
  const std::int64_t row_phase = index_of(rows.phases, row % rows.stride);
  const std::int64_t column_phase = index_of(columns.phases, column % columns.stride);
  const auto column_phases = static_cast<std::int64_t>(columns.phases.size());
  return (row_phase * column_phases + column_phase) * plane + row / rows.stride * pitch +
         column / columns.stride;
}

PhaseAxis row_axis(std::span<const Correlation> parts) {
  return axis_of(parts, parts.front().windows.stride.h, [](const Correlation& part) {
    return TapAxis{part.windows.kernel.h, part.windows.dilation.h, part.windows.top};
  });
}

PhaseAxis column_axis(std::span<const Correlation> parts) {
  return axis_of(parts, parts.front().windows.stride.w, [](const Correlation& part) {
    return TapAxis{part.windows.kernel.w, part.windows.dilation.w, part.windows.left};
  });
}

BandLayout layout_of(const PhaseAxis& rows, const PhaseAxis& columns, const Windows& windows,
                     const BlockSize& block, std::int64_t slack) {
  BandLayout layout;
  layout.rows = rows;
  layout.columns = columns;
  const std::int64_t width = block.columns + columns.reach;
  std::int64_t shared = 0;
  if (windows.mode == PaddingMode::kZeros && columns.stride == 1 && block.whole_rows) {
    const std::int64_t left = std::max<std::int64_t>(0, -columns.shift);
    const std::int64_t right = std::max<std::int64_t>(0, columns.shift + width - windows.input.w);
    shared = std::min({left, right, columns.reach});
  }
  layout.pitch = width - shared;
  const auto phases = static_cast<std::int64_t>(rows.phases.size() * columns.phases.size());
  layout.plane = (block.rows + rows.reach) * layout.pitch + shared;
  layout.channel = phases * layout.plane;
  layout.size = windows.channels * layout.channel + slack;
  return layout;
}

bool lies_inside(const PhaseAxis& rows, const PhaseAxis& columns, const Windows& windows,
                 const Block& block, std::int64_t n, std::int64_t group, std::int64_t slack) {
  if (rows.stride != 1 || columns.stride != 1) {
    return false;
  }
  const std::int64_t last_row = block.y + block.rows - 1 + rows.shift + rows.reach;
  const std::int64_t last_column = block.x + block.columns - 1 + columns.shift + columns.reach;
  if (block.y + rows.shift < 0 || last_row >= windows.input.h || block.x + columns.shift < 0 ||
      last_column >= windows.input.w) {
    return false;
  }
  const std::int64_t plane = windows.input.h * windows.input.w;
  const std::int64_t planes_behind =
      (windows.batch - n) * windows.groups * windows.channels - (group + 1) * windows.channels;
  const std::int64_t behind =
      planes_behind * plane + plane - (last_row * windows.input.w + last_column) - 1;
  return behind >= slack;
}

std::vector<Tap> taps_of(const BandLayout& layout, const Correlation& part) {
  const Windows& w = part.windows;
  std::vector<Tap> taps;
  for (std::int64_t i = 0; i < w.kernel.h; ++i) {
    for (std::int64_t j = 0; j < w.kernel.w; ++j) {
      const std::int64_t input = layout.offset_of(i * w.dilation.h - w.top - layout.rows.shift,
                                                  j * w.dilation.w - w.left - layout.columns.shift);
      const std::int64_t weight = i * part.weight_strides.row + j * part.weight_strides.column;
      taps.push_back({static_cast<std::int32_t>(input), static_cast<std::int32_t>(weight)});
    }
  }
  return taps;
}

}  // namespace convscope::conv::rungs
