#include "core/conv/map_rows.h"

#include <algorithm>

#include "core/conv/ceil_div.h"
#include "core/conv/fresh_tensor.h"
#include "core/conv/rungs/tasks.h"

namespace convscope::conv {

Columns inside(Columns columns, std::int64_t stride, std::int64_t shift, std::int64_t size) {
  const std::int64_t first = std::clamp(ceil_div(-shift, stride), columns.begin, columns.end);
  return {first, std::clamp(ceil_div(size - shift, stride), first, columns.end)};
}

Index row_index(const Shape& shape, std::int64_t row) {
  const std::int64_t map = row / shape.h;
  return {map / shape.c, map % shape.c, row % shape.h, 0};
}

bool map_rows_into(std::span<float> out, const Shape& output, std::int64_t work,
                   const RunOptions& run,
                   const std::function<void(std::int64_t row, float* results)>& compute) {
  const std::int64_t rows = output.n * output.c * output.h;
  rungs::run_tasks(run, rows, rungs::threads_for(run, work), [&](std::int64_t row, std::int64_t) {
    compute(row, out.data() + row * output.w);
  });
  return !cancelled(run);
}

Tensor map_rows(const Shape& output, std::int64_t work, const RunOptions& run,
                const std::function<void(std::int64_t row, float* results)>& compute) {
  return fresh_tensor(
      output, [&](std::span<float> out) { return map_rows_into(out, output, work, run, compute); });
}

}  // namespace convscope::conv
