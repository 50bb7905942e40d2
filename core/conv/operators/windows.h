// Shared by operators that slide a window over each channel separately: pools and unfold.
#pragma once

#include <cstdint>
#include <span>

#include "core/conv/area.h"
#include "core/conv/map_rows.h"
#include "core/conv/operators/problem_checks.h"
#include "core/conv/run_options.h"
#include "core/conv/rungs/pool/plane_windows.h"
#include "core/conv/window_axis.h"
#include "core/tensor/tensor_view.h"

namespace convscope::conv {

// One map for every channel, nothing to learn.
void fit_channels(LayerSpec& spec, const Shape& input);

void find_window_problems(Problems& found, const LayerSpec& spec, const Shape& input);

// OH = floor((H + top + bottom - dilated) / stride) + 1; with ceil_mode ceil instead of floor, less
// one if the last window would start in the padding after the input.
Shape window_output_shape(const LayerSpec& spec, const Shape& input);

struct WindowJob {
  TensorView input;
  LayerSpec spec;  // fitted
  WindowAxes axes;
  Shape output;
};

// Asserts problems(spec, input.shape()).empty().
WindowJob window_job(const TensorView& input, const LayerSpec& spec);

// The input row under tap i of the windows in an output row; null in the padding.
const float* row_under(const WindowJob& job, const Index& at, std::int64_t channel, std::int64_t i);

// Calls visit(x - columns.begin, value) for every real cell of the windows in `columns`, for each
// window in the order i, j. Padding is skipped.
template <typename Visit>
void visit_cells(const WindowJob& job, const Index& at, Columns columns, Visit visit) {
  const WindowAxis& axis = job.axes.columns;
  for (std::int64_t i = 0; i < job.axes.rows.kernel; ++i) {
    const float* row = row_under(job, at, at.c, i);
    for (std::int64_t j = 0; row != nullptr && j < axis.kernel; ++j) {
      const std::int64_t shift = axis.cell(0, j);
      const auto [first, last] = inside(columns, axis.stride, shift, axis.size);
      for (std::int64_t x = first; x < last; ++x) {
        visit(static_cast<std::size_t>(x - columns.begin), row[x * axis.stride + shift]);
      }
    }
  }
}

// The job for the fast pools, of this area.
rungs::PlaneWindows plane_windows(const WindowJob& job, const Area& area, float* out);

// The map by the readable reference, in blocks of rows: `block` writes the values of `columns` of
// the row at `at`.
using WindowBlock = void (*)(const WindowJob& job, const Index& at, Columns columns,
                             float* results);
bool map_blocks_into(std::span<float> out, const WindowJob& job, const Area& area,
                     const RunOptions& run, WindowBlock block);
// The whole map.
Tensor map_of_blocks(const Tensor& input, const LayerSpec& spec, WindowBlock block);

}  // namespace convscope::conv
