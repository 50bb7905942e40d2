#include "core/conv/map_rows.h"

#include <algorithm>
#include <memory>

#include "core/conv/parallel.h"

namespace convscope {

namespace {

// Below this many operations, starting a thread costs more than it saves.
constexpr std::int64_t kWorthAThread = 1 << 20;

// ceil(a / b) for b > 0.
std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return a / b + (a % b > 0 ? 1 : 0); }

}  // namespace

Columns inside(Columns columns, std::int64_t stride, std::int64_t shift, std::int64_t size) {
  const std::int64_t first = std::clamp(ceil_div(-shift, stride), columns.begin, columns.end);
  return {first, std::clamp(ceil_div(size - shift, stride), first, columns.end)};
}

Index row_index(const Shape& shape, std::int64_t row) {
  const std::int64_t map = row / shape.h;
  return {map / shape.c, map % shape.c, row % shape.h, 0};
}

Tensor map_rows(const Shape& output, std::int64_t work, Progress* progress,
                const std::function<void(std::int64_t row, float* results)>& compute) {
  const std::int64_t rows = output.n * output.c * output.h;
  Progress unwatched;
  Progress& watched = progress != nullptr ? *progress : unwatched;
  watched.done = 0;
  watched.total = rows;

  // Storage that nobody has zeroed first: every element is about to be written.
  const std::shared_ptr<float[]> results(new float[static_cast<std::size_t>(output.count())]);
  parallel_for(rows, std::min(core_count(), work / kWorthAThread), [&](std::int64_t row) {
    if (!watched.cancel) {
      compute(row, results.get() + row * output.w);
      ++watched.done;
    }
  });
  return watched.cancel ? Tensor() : Tensor(output, results);
}

}  // namespace convscope
