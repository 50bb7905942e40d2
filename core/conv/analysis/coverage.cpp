#include "core/conv/analysis/coverage.h"

#include <cassert>
#include <utility>
#include <vector>

#include "core/conv/window_axis.h"

namespace convscope::conv {

namespace {

// A window reads a cell if it reads the cell's row and its column, so the counts multiply.
Tensor products(const AxisCounts& rows, const AxisCounts& columns) {
  std::vector<float> values;
  values.reserve(rows.size() * columns.size());
  for (const std::int64_t row : rows) {
    for (const std::int64_t column : columns) {
      values.push_back(static_cast<float>(row * column));
    }
  }
  return Tensor(
      {1, 1, static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(columns.size())},
      std::move(values));
}

}  // namespace

AxisCounts windows_per_cell(const WindowAxis& axis, std::int64_t first, std::int64_t last) {
  AxisCounts counts(static_cast<std::size_t>(axis.size));
  AxisCounts last_reader(counts.size(), -1);
  for (std::int64_t window = first; window < last; ++window) {
    for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
      const auto source = axis.source(axis.cell(window, tap));
      if (source &&
          std::exchange(last_reader[static_cast<std::size_t>(*source)], window) != window) {
        ++counts[static_cast<std::size_t>(*source)];
      }
    }
  }
  return counts;
}

AxisCounts cells_per_window(const WindowAxis& axis, std::int64_t first, std::int64_t last) {
  AxisCounts counts(static_cast<std::size_t>(axis.outputs));
  for (std::int64_t window = 0; window < axis.outputs; ++window) {
    for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
      const auto source = axis.source(axis.cell(window, tap));
      const bool counts_here = source && *source >= first && *source < last;
      counts[static_cast<std::size_t>(window)] += counts_here ? 1 : 0;
    }
  }
  return counts;
}

Tensor input_coverage(const LayerSpec& spec, const Shape& input) {
  assert(problems(spec, input).empty());
  const auto [rows, columns] = window_axes(spec, input);
  return products(windows_per_cell(rows, 0, rows.outputs),
                  windows_per_cell(columns, 0, columns.outputs));
}

Tensor output_coverage(const LayerSpec& spec, const Shape& input) {
  assert(problems(spec, input).empty());
  const auto [rows, columns] = window_axes(spec, input);
  return products(cells_per_window(rows, 0, rows.size), cells_per_window(columns, 0, columns.size));
}

}  // namespace convscope::conv
