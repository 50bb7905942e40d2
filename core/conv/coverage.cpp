#include "core/conv/coverage.h"

#include <cassert>
#include <utility>
#include <vector>

#include "core/conv/window_axis.h"

namespace convscope {

namespace {

using Counts = std::vector<std::int64_t>;

// For each own cell of the axis, the windows that read it; a window that reads it twice counts
// once.
Counts windows_per_cell(const WindowAxis& axis) {
  Counts counts(static_cast<std::size_t>(axis.size));
  Counts last_reader(counts.size(), -1);
  for (std::int64_t window = 0; window < axis.outputs; ++window) {
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

// For each window of the axis, its taps that show a real cell.
Counts cells_per_window(const WindowAxis& axis) {
  Counts counts(static_cast<std::size_t>(axis.outputs));
  for (std::int64_t window = 0; window < axis.outputs; ++window) {
    for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
      counts[static_cast<std::size_t>(window)] += axis.source(axis.cell(window, tap)) ? 1 : 0;
    }
  }
  return counts;
}

// A window reads a cell when it reads its row and its column, so the counts multiply.
Tensor products(const Counts& rows, const Counts& columns) {
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

Tensor input_coverage(const LayerSpec& spec, const Shape& input) {
  assert(problems(spec, input).empty());
  const auto [rows, columns] = window_axes(spec, input);
  return products(windows_per_cell(rows), windows_per_cell(columns));
}

Tensor output_coverage(const LayerSpec& spec, const Shape& input) {
  assert(problems(spec, input).empty());
  const auto [rows, columns] = window_axes(spec, input);
  return products(cells_per_window(rows), cells_per_window(columns));
}

}  // namespace convscope
