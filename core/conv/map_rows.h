// A feature map computed row by row, on all cores, and what such rows have in common.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "core/conv/run_options.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// Accumulators for a stretch of a row, small enough to stay in the first-level cache.
inline constexpr std::int64_t kRowBlock = 1024;

// Elements [begin, end) of a row.
struct Columns {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  std::int64_t count() const { return end - begin; }
};

// The x in `columns` with 0 <= x·stride + shift < size; may be empty, never outside `columns`.
Columns inside(Columns columns, std::int64_t stride, std::int64_t shift, std::int64_t size);

// Where a row lies in `shape`: its n, c and y.
Index row_index(const Shape& shape, std::int64_t row);

// Calls compute(row, results) once for every row of `output`, which writes the row's W values to
// `out`. `work`: about how many operations all that is; decides on threads. Counts rows in
// run.progress and returns false when that was cancelled.
bool map_rows_into(std::span<float> out, const Shape& output, std::int64_t work,
                   const RunOptions& run,
                   const std::function<void(std::int64_t row, float* results)>& compute);

// The same as a new tensor; empty when cancelled.
Tensor map_rows(const Shape& output, std::int64_t work, const RunOptions& run,
                const std::function<void(std::int64_t row, float* results)>& compute);

}  // namespace convscope::conv
