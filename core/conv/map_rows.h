// Computes a feature map row by row, on all cores, with helpers for such rows.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "core/conv/run_options.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// Accumulators for a block of a row, small enough to stay in the first-level cache.
inline constexpr std::int64_t kRowBlock = 1024;

// Elements [begin, end) of a row.
struct Columns {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  std::int64_t count() const { return end - begin; }
};

// The x in `columns` with 0 <= x·stride + shift < size; may be empty, never outside `columns`.
Columns inside(Columns columns, std::int64_t stride, std::int64_t shift, std::int64_t size);

// The n, c and y of a row of `shape`.
Index row_index(const Shape& shape, std::int64_t row);

// Calls compute(row, results) once for every row of `output`; it writes the row's W values to
// `results`, a part of `out`. `work`: the approximate number of operations in all; decides on the
// number of threads. Counts rows in run.progress and returns false if cancelled.
bool map_rows_into(std::span<float> out, const Shape& output, std::int64_t work,
                   const RunOptions& run,
                   const std::function<void(std::int64_t row, float* results)>& compute);

// The same as a new tensor; empty if cancelled.
Tensor map_rows(const Shape& output, std::int64_t work, const RunOptions& run,
                const std::function<void(std::int64_t row, float* results)>& compute);

}  // namespace convscope::conv
