#include "core/conv/analysis/receptive_field.h"

#include <algorithm>
#include <cassert>

#include "core/conv/ceil_div.h"
#include "core/conv/layer_limits.h"
#include "core/conv/window_axis.h"

namespace convscope::conv {

namespace {

// Clamps the numbers of a deep stack with large strides, so that they can't overflow.
std::int64_t bounded(std::int64_t value) { return std::clamp(value, -kMostCells, kMostCells); }

// The largest integer not above a / b, for b > 0.
std::int64_t floor_div(std::int64_t a, std::int64_t b) { return -ceil_div(-a, b); }

// The input cells under the windows `seen`, as if the input were unbounded.
CellRange range_below(const WindowAxis& axis, const CellRange& seen) {
  const std::int64_t first = axis.start(seen.first);
  const std::int64_t last = axis.start(seen.last) + axis.reach() - 1;
  return {ceil_div(first, axis.stretch), floor_div(last, axis.stretch)};
}

// What one cell of the top layer sees along one axis of the lowest layer's input.
struct Seen {
  std::int64_t cells = 1;
  std::int64_t pad = 0;
};

// `axes`: from the lowest layer to the top.
Seen look_down(std::span<const WindowAxis> axes) {
  std::int64_t cells = 1;
  CellRange first_cell = {0, 0};
  for (auto axis = axes.rbegin(); axis != axes.rend(); ++axis) {
    // A run of this many equivalent cells; at most every stretch-th is real.
    const std::int64_t equivalent = (cells - 1) * axis->stride + axis->reach();
    cells = bounded((equivalent - 1) / axis->stretch + 1);
    first_cell = range_below(*axis, first_cell);
    first_cell = {bounded(first_cell.first), bounded(first_cell.last)};
  }
  return {cells, std::max<std::int64_t>(0, -first_cell.first)};
}

// Distance between neighbours, and the centre of the first cell's field.
struct Grid {
  double jump = 1;
  double start = 0;
};

Grid grid_above(const Grid& below, const WindowAxis& axis) {
  const double stage_jump = below.jump / static_cast<double>(axis.stretch);
  const double centre =
      static_cast<double>(axis.reach() - 1) / 2 - static_cast<double>(axis.before);
  return {stage_jump * static_cast<double>(axis.stride), below.start + centre * stage_jump};
}

CellRange cut(const CellRange& range, std::int64_t size) {
  return {std::max<std::int64_t>(range.first, 0), std::min(range.last, size - 1)};
}

// The windows that read any input cell in `cells`, as ranges.
std::vector<CellRange> ranges_above(const WindowAxis& axis, const CellRange& cells) {
  const auto reads = [&](std::int64_t window) {
    for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
      const auto source = axis.source(axis.cell(window, tap));
      if (source && *source >= cells.first && *source <= cells.last) {
        return true;
      }
    }
    return false;
  };
  std::vector<CellRange> runs;
  for (std::int64_t window = 0; window < axis.outputs; ++window) {
    if (!reads(window)) {
      continue;
    }
    if (runs.empty() || runs.back().last + 1 < window) {
      runs.push_back({window, window});
    }
    runs.back().last = window;
  }
  return runs;
}

}  // namespace

std::vector<ReceptiveField> receptive_fields(std::span<const LayerSpec> layers,
                                             const Shape& input) {
  std::vector<ReceptiveField> fields;
  std::vector<WindowAxis> rows;
  std::vector<WindowAxis> columns;
  Grid grid_y;
  Grid grid_x;
  Shape shape = input;
  for (const LayerSpec& layer : layers) {
    assert(problems(layer, shape).empty());
    const WindowAxes axes = window_axes(layer, shape);
    rows.push_back(axes.rows);
    columns.push_back(axes.columns);
    grid_y = grid_above(grid_y, axes.rows);
    grid_x = grid_above(grid_x, axes.columns);
    const Seen y = look_down(rows);
    const Seen x = look_down(columns);
    fields.push_back(
        {{y.cells, x.cells}, grid_y.jump, grid_x.jump, grid_y.start, grid_x.start, {y.pad, x.pad}});
    shape = output_shape(layer, shape);
  }
  return fields;
}

CellRect field_below(const LayerSpec& spec, const Shape& input, const CellRect& seen) {
  assert(problems(spec, input).empty());
  const auto [rows, columns] = window_axes(spec, input);
  const CellRect field = {range_below(rows, seen.y), range_below(columns, seen.x)};
  if (spec.op != Op::kConvTranspose) {
    return field;
  }
  return {cut(field.y, input.h), cut(field.x, input.w)};
}

std::vector<CellRect> fields_above(const LayerSpec& spec, const Shape& input,
                                   const CellRect& cells) {
  assert(problems(spec, input).empty());
  const auto [rows, columns] = window_axes(spec, input);
  const std::vector<CellRange> across = ranges_above(columns, cells.x);
  std::vector<CellRect> fields;
  for (const CellRange& y : ranges_above(rows, cells.y)) {
    for (const CellRange& x : across) {
      fields.push_back({y, x});
    }
  }
  return fields;
}

}  // namespace convscope::conv
