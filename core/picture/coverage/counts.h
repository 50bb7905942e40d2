// How often each cell has taken part when the clock stands somewhere, as products of counts along
// the two axes, so that nothing grows with the area of a photo.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/conv/analysis/coverage.h"
#include "core/conv/layer_spec.h"
#include "core/conv/window_axis.h"
#include "core/tensor/tensor.h"

namespace convscope::picture::coverage {

// Whole rows of windows (or stamps), and the beginning of one row more.
struct CoverageCounts {
  conv::AxisCounts rows;           // per row of the plane, what the whole rows of windows add
  conv::AxisCounts rows_begun;     // what the row that has begun adds
  conv::AxisCounts columns;        // per column, all windows of a row
  conv::AxisCounts columns_begun;  // only those of the row that has begun

  std::int64_t height() const { return static_cast<std::int64_t>(rows.size()); }
  std::int64_t width() const { return static_cast<std::int64_t>(columns.size()); }
  std::int64_t at(std::int64_t y, std::int64_t x) const {
    const auto row = static_cast<std::size_t>(y);
    const auto column = static_cast<std::size_t>(x);
    return rows[row] * columns[column] + rows_begun[row] * columns_begun[column];
  }
  // How many cells have each count.
  std::map<std::int64_t, std::int64_t> histogram() const;
  // (1, 1, H, W)
  Tensor tensor() const;
};

// Of each cell of the layer's input: the windows that read it among the first `windows` of a map,
// row by row. With all of them it is input_coverage() (coverage.h).
CoverageCounts windows_on_input(const conv::LayerSpec& spec, const Shape& input,
                                std::int64_t windows);
CoverageCounts windows_on_input(const conv::LayerSpec& spec, const Shape& input);

// Of each cell of the output: the terms behind it that come from the first `cells` of a channel,
// row by row. With all of them it is output_coverage().
CoverageCounts terms_of_output(const conv::LayerSpec& spec, const Shape& input, std::int64_t cells);
CoverageCounts terms_of_output(const conv::LayerSpec& spec, const Shape& input);

// The places along an axis that share a window: those of the windows that read own cell `cell`, and
// the own cells that window `window` reads; ascending, each once.
std::vector<std::int64_t> windows_reading(const conv::WindowAxis& axis, std::int64_t cell);
std::vector<std::int64_t> cells_read(const conv::WindowAxis& axis, std::int64_t window);

// Why stamps overlap as they do on one axis.
struct StampOverlap {
  std::int64_t kernel = 1;
  std::int64_t stride = 1;
  std::int64_t dilation = 1;
  std::int64_t fewest = 1;  // stamps on a cell far from the border
  std::int64_t most = 1;

  bool even() const { return fewest == most; }
};
StampOverlap overlap_of(std::int64_t kernel, std::int64_t stride, std::int64_t dilation);

}  // namespace convscope::picture::coverage
