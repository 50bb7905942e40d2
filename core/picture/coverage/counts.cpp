#include "core/picture/coverage/counts.h"

#include <algorithm>
#include <ranges>
#include <set>
#include <utility>

namespace convscope::picture::coverage {

namespace {

// `count(axis, first, last)` along both axes, for the first `done` of rows_total x columns_total
// places.
template <typename Count>
CoverageCounts counted(const conv::WindowAxes& axes, std::int64_t done, std::int64_t rows_total,
                       std::int64_t columns_total, const Count& count) {
  const std::int64_t whole = std::min(done / columns_total, rows_total);
  const std::int64_t begun = whole < rows_total ? done % columns_total : 0;
  return {count(axes.rows, 0, whole), count(axes.rows, whole, std::min(whole + 1, rows_total)),
          count(axes.columns, 0, columns_total), count(axes.columns, 0, begun)};
}

using AxisPair = std::pair<std::int64_t, std::int64_t>;

std::map<AxisPair, std::int64_t> pairs_of(const conv::AxisCounts& a, const conv::AxisCounts& b) {
  std::map<AxisPair, std::int64_t> pairs;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ++pairs[{a[i], b[i]}];
  }
  return pairs;
}

}  // namespace

std::map<std::int64_t, std::int64_t> CoverageCounts::histogram() const {
  std::map<std::int64_t, std::int64_t> cells;
  const auto across = pairs_of(columns, columns_begun);
  for (const auto& [row, row_cells] : pairs_of(rows, rows_begun)) {
    for (const auto& [column, column_cells] : across) {
      cells[row.first * column.first + row.second * column.second] += row_cells * column_cells;
    }
  }
  return cells;
}

Tensor CoverageCounts::tensor() const {
  std::vector<float> values;
  values.reserve(rows.size() * columns.size());
  for (std::int64_t y = 0; y < height(); ++y) {
    for (std::int64_t x = 0; x < width(); ++x) {
      values.push_back(static_cast<float>(at(y, x)));
    }
  }
  return Tensor({1, 1, height(), width()}, std::move(values));
}

CoverageCounts windows_on_input(const conv::LayerSpec& spec, const Shape& input,
                                std::int64_t windows) {
  const conv::WindowAxes axes = conv::window_axes(spec, input);
  return counted(axes, windows, axes.rows.outputs, axes.columns.outputs, conv::windows_per_cell);
}

CoverageCounts windows_on_input(const conv::LayerSpec& spec, const Shape& input) {
  const Shape output = conv::output_shape(spec, input);
  return windows_on_input(spec, input, output.h * output.w);
}

CoverageCounts terms_of_output(const conv::LayerSpec& spec, const Shape& input,
                               std::int64_t cells) {
  return counted(conv::window_axes(spec, input), cells, input.h, input.w, conv::cells_per_window);
}

CoverageCounts terms_of_output(const conv::LayerSpec& spec, const Shape& input) {
  return terms_of_output(spec, input, input.h * input.w);
}

std::vector<std::int64_t> windows_reading(const conv::WindowAxis& axis, std::int64_t cell) {
  std::vector<std::int64_t> windows;
  for (std::int64_t window = 0; window < axis.outputs; ++window) {
    for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
      if (axis.source(axis.cell(window, tap)) == cell) {
        windows.push_back(window);
        break;
      }
    }
  }
  return windows;
}

std::vector<std::int64_t> cells_read(const conv::WindowAxis& axis, std::int64_t window) {
  std::set<std::int64_t> cells;
  for (std::int64_t tap = 0; tap < axis.kernel; ++tap) {
    if (const auto source = axis.source(axis.cell(window, tap))) {
      cells.insert(*source);
    }
  }
  return {cells.begin(), cells.end()};
}

StampOverlap overlap_of(std::int64_t kernel, std::int64_t stride, std::int64_t dilation) {
  // Places of the pattern repeat after `stride` cells; a tap of each stamp falls on a place or not.
  std::map<std::int64_t, std::int64_t> taps;
  for (std::int64_t tap = 0; tap < kernel; ++tap) {
    ++taps[tap % stride * (dilation % stride) % stride];
  }
  const auto [low, high] = std::ranges::minmax(std::views::values(taps));
  const std::int64_t fewest = static_cast<std::int64_t>(taps.size()) < stride ? 0 : low;
  return {kernel, stride, dilation, fewest, high};
}

}  // namespace convscope::picture::coverage
