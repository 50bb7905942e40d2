#include "core/conv/pool2d.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

#include "core/conv/map_rows.h"
#include "core/conv/rounding.h"
#include "core/conv/window_axis.h"

namespace convscope::conv {

namespace {

struct Job {
  const Tensor& input;
  LayerSpec spec;  // fitted
  WindowAxes axes;
  Shape output;
};

Job job_of(const Tensor& input, const LayerSpec& spec) {
  assert(problems(spec, input.shape()).empty());
  return {input, fitted(spec, input.shape()), window_axes(spec, input.shape()),
          output_shape(spec, input.shape())};
}

// The input row under tap i of the windows in an output row; null in the padding.
const float* row_under(const Job& job, const Index& at, std::int64_t channel, std::int64_t i) {
  const std::int64_t y = job.axes.rows.cell(at.y, i);
  if (y < 0 || y >= job.axes.rows.size) {
    return nullptr;
  }
  return job.input.data() + offset_of(job.input.shape(), {at.n, channel, y, 0});
}

// Calls visit(x - columns.begin, value) for every real cell of the windows in `columns`, for each
// window in the order i, j. Padding is left out.
template <typename Visit>
void visit_cells(const Job& job, const Index& at, Columns columns, Visit visit) {
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

void max_block(const Job& job, const Index& at, Columns columns, float* results) {
  std::fill_n(results, columns.count(), -std::numeric_limits<float>::infinity());
  visit_cells(job, at, columns, [&](std::size_t x, float value) {
    results[x] = value > results[x] || value != value ? value : results[x];
  });
  for (std::int64_t x = 0; x < columns.count(); ++x) {
    results[x] = rounded(results[x]);
  }
}

// How many cells of a window count for its average.
std::int64_t counted_cells(const WindowAxis& axis, std::int64_t window, bool include_pad) {
  const std::int64_t begin = axis.start(window);
  const std::int64_t end = begin + axis.kernel;
  return include_pad ? std::min(end, axis.padded_end) - begin
                     : std::min(end, axis.size) - std::max<std::int64_t>(begin, 0);
}

void mean_block(const Job& job, const Index& at, Columns columns, float* results) {
  std::array<double, kRowBlock> sums;
  std::fill_n(sums.begin(), columns.count(), 0.0);
  visit_cells(job, at, columns, [&](std::size_t x, float value) { sums[x] += value; });
  const bool include_pad = job.spec.count_include_pad;
  const std::int64_t rows = counted_cells(job.axes.rows, at.y, include_pad);
  for (std::int64_t x = columns.begin; x < columns.end; ++x) {
    const std::int64_t divisor = job.spec.divisor_override > 0
                                     ? job.spec.divisor_override
                                     : rows * counted_cells(job.axes.columns, x, include_pad);
    const auto i = x - columns.begin;
    results[i] = rounded(sums[static_cast<std::size_t>(i)] / static_cast<double>(divisor));
  }
}

void unfold_row(const Job& job, const Index& at, float* results) {
  const WindowAxis& axis = job.axes.columns;
  const std::int64_t tap = at.c % (job.axes.rows.kernel * axis.kernel);
  const std::int64_t channel = at.c / (job.axes.rows.kernel * axis.kernel);
  const float* row = row_under(job, at, channel, tap / axis.kernel);
  std::fill_n(results, job.output.w, 0.0F);
  if (row == nullptr) {
    return;
  }
  const std::int64_t shift = axis.cell(0, tap % axis.kernel);
  const auto [first, last] = inside({0, job.output.w}, axis.stride, shift, axis.size);
  for (std::int64_t x = first; x < last; ++x) {
    results[x] = row[x * axis.stride + shift];
  }
}

}  // namespace

Tensor pool2d(const Tensor& input, const LayerSpec& spec, const RunOptions& run) {
  assert(spec.op == Op::kMaxPool || spec.op == Op::kAvgPool);
  const Job job = job_of(input, spec);
  const auto block = spec.op == Op::kMaxPool ? max_block : mean_block;
  return map_rows(job.output, work_count(spec, input.shape()), run,
                  [&](std::int64_t row, float* results) {
                    const Index at = row_index(job.output, row);
                    for (std::int64_t x = 0; x < job.output.w; x += kRowBlock) {
                      block(job, at, {x, std::min(x + kRowBlock, job.output.w)}, results + x);
                    }
                  });
}

Tensor relu(const Tensor& input, const RunOptions& run) {
  const std::int64_t width = input.shape().w;
  return map_rows(input.shape(), input.shape().count(), run, [&](std::int64_t row, float* results) {
    const float* values = input.data() + row * width;
    for (std::int64_t x = 0; x < width; ++x) {
      results[x] = values[x] > 0 || values[x] != values[x] ? values[x] : 0.0F;
    }
  });
}

Tensor unfold(const Tensor& input, const LayerSpec& spec, const RunOptions& run) {
  assert(spec.op == Op::kUnfold);
  const Job job = job_of(input, spec);
  return map_rows(job.output, work_count(spec, input.shape()), run,
                  [&](std::int64_t row, float* results) {
                    unfold_row(job, row_index(job.output, row), results);
                  });
}

}  // namespace convscope::conv
