// Shapes: any. Idea: one block of an output row at a time, with its sums in double precision in the
// first-level cache; every tap adds one product to each sum. The loops over a block are simple, so
// that the compiler vectorizes them for every target.
#include "core/conv/rungs/exact/exact.h"

#include <algorithm>
#include <array>

#include "core/conv/map_rows.h"
#include "core/conv/padding.h"
#include "core/conv/rounding.h"
#include "core/conv/rungs/tasks.h"

namespace convscope::conv::rungs {

namespace {

using Sums = std::array<double, kRowBlock>;

// An output row: its plane and height.
struct Row {
  std::int64_t n = 0;
  std::int64_t group = 0;
  std::int64_t filter = 0;
  std::int64_t y = 0;
};

Row row_at(const Windows& windows, std::int64_t index) {
  const std::int64_t map = index / windows.output.h;
  return {map / (windows.groups * windows.filters), map / windows.filters % windows.groups,
          map % windows.filters, index % windows.output.h};
}

// sums[x] += row[x · stride] · weight: the hot loop. The product of two floats is exact in double,
// so a fused multiply-add gives the same bits.
void add_products(double* sums, const float* row, std::int64_t count, std::int64_t stride,
                  double weight) {
  if (stride == 1) {
    for (std::int64_t x = 0; x < count; ++x) {
      sums[x] += row[x] * weight;
    }
  } else {
    for (std::int64_t x = 0; x < count; ++x) {
      sums[x] += row[x * stride] * weight;
    }
  }
}

// Adds one tap of the kernel to a block: column x reads the input row at x · stride + shift. `row`
// is null for a row of padding zeros, whose products still count: 0 · infinity is NaN.
void add_tap(const Windows& windows, Sums& sums, Columns columns, const float* row,
             std::int64_t shift, double weight) {
  const std::int64_t stride = windows.stride.w;
  const std::int64_t size = windows.input.w;
  // Columns whose cell lies inside the row; the others read the padding, one by one.
  const auto [first, last] = inside(columns, stride, shift, size);
  const auto add_border = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t x = begin; x < end; ++x) {
      const auto source = source_index(x * stride + shift, size, windows.mode);
      const double value = row != nullptr && source ? row[*source] : 0.0;
      sums[static_cast<std::size_t>(x - columns.begin)] += value * weight;
    }
  };
  if (row == nullptr) {
    add_border(columns.begin, columns.end);
    return;
  }
  add_border(columns.begin, first);
  if (first < last) {
    add_products(sums.data() + (first - columns.begin), row + first * stride + shift, last - first,
                 stride, weight);
  }
  add_border(last, columns.end);
}

// One channel's partial sums: the taps in the order i, j.
void add_channel(const Correlation& job, Sums& sums, Columns columns, const Row& at,
                 std::int64_t channel) {
  const Windows& w = job.windows;
  const float* weight = job.weight_at(at.group, at.filter, channel);
  const std::int64_t plane = (at.n * w.groups + at.group) * w.channels + channel;
  for (std::int64_t i = 0; i < w.kernel.h; ++i) {
    const auto y = source_index(at.y * w.stride.h + i * w.dilation.h - w.top, w.input.h, w.mode);
    const float* row = y ? job.input + (plane * w.input.h + *y) * w.input.w : nullptr;
    for (std::int64_t j = 0; j < w.kernel.w; ++j) {
      const double value = weight[i * job.weight_strides.row + j * job.weight_strides.column];
      add_tap(w, sums, columns, row, j * w.dilation.w - w.left, value);
    }
  }
}

void compute_stretch(const Correlation& job, const Row& at, Columns columns, float* results) {
  const auto count = static_cast<std::size_t>(columns.count());
  Sums sums;
  Sums channel_sums;
  std::fill_n(sums.begin(), count, 0.0);
  for (std::int64_t c = 0; c < job.windows.channels; ++c) {
    std::fill_n(channel_sums.begin(), count, 0.0);
    add_channel(job, channel_sums, columns, at, c);
    for (std::size_t x = 0; x < count; ++x) {
      sums[x] += channel_sums[x];
    }
  }
  // Without a bias, -0 is added: it changes no sum.
  const double bias =
      job.bias == nullptr ? -0.0 : job.bias[at.group * job.windows.filters + at.filter];
  for (std::size_t x = 0; x < count; ++x) {
    results[x] = rounded(sums[x] + bias);
  }
}

// One cell at a time, for rows too short to gain from add_tap(): the same sums in the same order.
float compute_cell(const Correlation& job, const Row& at, std::int64_t x) {
  const Windows& w = job.windows;
  const std::int64_t top = at.y * w.stride.h - w.top;
  const std::int64_t left = x * w.stride.w - w.left;
  const bool inside = top >= 0 && top + (w.kernel.h - 1) * w.dilation.h < w.input.h && left >= 0 &&
                      left + (w.kernel.w - 1) * w.dilation.w < w.input.w;
  const float* plane =
      job.input + (at.n * w.groups + at.group) * w.channels * w.input.h * w.input.w;
  const float* weight = job.weight_at(at.group, at.filter, 0);
  double sum = 0.0;
  for (std::int64_t c = 0; c < w.channels; ++c) {
    double channel_sum = 0.0;
    for (std::int64_t i = 0; i < w.kernel.h; ++i) {
      const float* weights = weight + i * job.weight_strides.row;
      if (inside) {
        const float* row = plane + (top + i * w.dilation.h) * w.input.w + left;
        for (std::int64_t j = 0; j < w.kernel.w; ++j) {
          channel_sum +=
              static_cast<double>(row[j * w.dilation.w]) * weights[j * job.weight_strides.column];
        }
        continue;
      }
      const auto y = source_index(top + i * w.dilation.h, w.input.h, w.mode);
      for (std::int64_t j = 0; j < w.kernel.w; ++j) {
        const auto source = source_index(left + j * w.dilation.w, w.input.w, w.mode);
        const double value = y && source ? plane[*y * w.input.w + *source] : 0.0;
        channel_sum += value * weights[j * job.weight_strides.column];
      }
    }
    sum += channel_sum;
    plane += w.input.h * w.input.w;
    weight += job.weight_strides.channel;
  }
  const double bias = job.bias == nullptr ? -0.0 : job.bias[at.group * w.filters + at.filter];
  return rounded(sum + bias);
}

void compute_cells(const Correlation& job, const Row& at, float* results) {
  for (std::int64_t x = 0; x < job.windows.output.w; ++x) {
    results[x] = compute_cell(job, at, x);
  }
}

// Rows with fewer columns than this are computed cell by cell.
constexpr std::int64_t kShortRow = 12;

void compute_row(const Correlation& job, std::int64_t index) {
  const Windows& w = job.windows;
  const Row at = row_at(w, index);
  float* results = job.output + index * w.output.w;
  if (w.output.w < kShortRow) {
    compute_cells(job, at, results);
    return;
  }
  for (std::int64_t x = 0; x < w.output.w; x += kRowBlock) {
    compute_stretch(job, at, {x, std::min(x + kRowBlock, w.output.w)}, results + x);
  }
}

}  // namespace

namespace {
// More products take so long that the work should show its progress.
constexpr std::int64_t kMostSmall = std::int64_t{1} << 18;
}  // namespace

void exact(const Correlation& job, const RunOptions& run) {
  const Windows& w = job.windows;
  if (w.products() <= kMostSmall) {
    bool fits = false;
    run_tasks(run, 1, 1, [&](std::int64_t, std::int64_t) { fits = exact_small(job); });
    if (fits) {
      return;
    }
  }
  const std::int64_t rows = w.batch * w.groups * w.filters * w.output.h;
  run_tasks(run, rows, threads_for(run, w.products()),
            [&](std::int64_t index, std::int64_t) { compute_row(job, index); });
}

}  // namespace convscope::conv::rungs
