#include "core/conv/conv2d.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>
#include <optional>

#include "core/conv/padding.h"
#include "core/conv/parallel.h"
#include "core/conv/rounding.h"

namespace convscope {

namespace {

// Accumulators for a stretch of an output row, small enough to stay in the first-level cache.
constexpr std::int64_t kBlock = 1024;
using Sums = std::array<double, kBlock>;

// Below this many multiply-adds, starting a thread costs more than it saves.
constexpr std::int64_t kWorthAThread = 1 << 20;

// What every row needs to know.
struct Job {
  const Tensor& input;
  const Tensor& weight;
  const Tensor& bias;
  const Conv2dSpec& spec;
  Shape output;
  Pads pads;
};

// Output columns [begin, end).
struct Columns {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  std::int64_t count() const { return end - begin; }
};

// ceil(a / b) for b > 0.
std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return a / b + (a % b > 0 ? 1 : 0); }

// sums[x] += row[x · stride] · weight, the loop that all the time goes into. The product of two
// floats is exact in double, so a fused multiply-add gives the same bits.
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

// One tap of the kernel on one stretch: column x reads the input row at x · stride + shift. `row`
// is null for a row of padding zeros, whose products still count: 0 · infinity is NaN.
void add_tap(const Job& job, Sums& sums, Columns columns, const float* row, std::int64_t shift,
             double weight) {
  const std::int64_t stride = job.spec.stride.w;
  const std::int64_t size = job.input.shape().w;
  // Columns whose cell lies inside the row; those beside it read the padding, one by one.
  const std::int64_t first = std::clamp(ceil_div(-shift, stride), columns.begin, columns.end);
  const std::int64_t last = std::clamp(ceil_div(size - shift, stride), first, columns.end);
  const auto add_border = [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t x = begin; x < end; ++x) {
      const auto source = source_index(x * stride + shift, size, job.spec.padding_mode);
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
void add_channel(const Job& job, Sums& sums, Columns columns, const Index& channel,
                 const Index& filter) {
  const Conv2dSpec& spec = job.spec;
  for (std::int64_t i = 0; i < spec.kernel_size.h; ++i) {
    const std::int64_t y = channel.y * spec.stride.h + i * spec.dilation.h - job.pads.top;
    const auto source = source_index(y, job.input.shape().h, spec.padding_mode);
    const float* row =
        source ? job.input.data() + offset_of(job.input.shape(), {channel.n, channel.c, *source, 0})
               : nullptr;
    for (std::int64_t j = 0; j < spec.kernel_size.w; ++j) {
      const double weight = job.weight.at({filter.n, filter.c, i, j});
      add_tap(job, sums, columns, row, j * spec.dilation.w - job.pads.left, weight);
    }
  }
}

void compute_block(const Job& job, const Index& at, Columns columns, float* results) {
  const std::int64_t group_channels = job.spec.in_channels / job.spec.groups;
  const std::int64_t group_filters = job.spec.out_channels / job.spec.groups;
  const std::int64_t first_channel = at.c / group_filters * group_channels;
  const auto count = static_cast<std::size_t>(columns.count());
  Sums sums;
  Sums channel_sums;
  std::fill_n(sums.begin(), count, 0.0);
  for (std::int64_t c = 0; c < group_channels; ++c) {
    std::fill_n(channel_sums.begin(), count, 0.0);
    add_channel(job, channel_sums, columns, {at.n, first_channel + c, at.y, 0}, {at.c, c, 0, 0});
    for (std::size_t x = 0; x < count; ++x) {
      sums[x] += channel_sums[x];
    }
  }
  // Without a bias nothing is added; -0 stands for that, as it changes no sum.
  const double bias = job.bias.empty() ? -0.0 : job.bias.at({0, 0, 0, at.c});
  for (std::size_t x = 0; x < count; ++x) {
    results[x] = rounded(sums[x] + bias);
  }
}

void compute_row(const Job& job, std::int64_t row, float* results) {
  const std::int64_t map = row / job.output.h;
  const Index at = {map / job.output.c, map % job.output.c, row % job.output.h, 0};
  for (std::int64_t x = 0; x < job.output.w; x += kBlock) {
    compute_block(job, at, {x, std::min(x + kBlock, job.output.w)},
                  results + row * job.output.w + x);
  }
}

}  // namespace

Tensor conv2d(const Tensor& input, const Tensor& weight, const Tensor& bias, const Conv2dSpec& spec,
              Progress* progress) {
  assert(problems(spec, input.shape()).empty());
  assert(weight.shape() == weight_shape(spec));
  const Shape output = output_shape(spec, input.shape());
  const Job job = {input, weight, bias, spec, output, resolved_pads(spec, input.shape())};
  const std::int64_t rows = output.n * output.c * output.h;
  Progress unwatched;
  Progress& watched = progress != nullptr ? *progress : unwatched;
  watched.done = 0;
  watched.total = rows;

  // Storage that nobody has zeroed first: every element is about to be written.
  const std::shared_ptr<float[]> results(new float[static_cast<std::size_t>(output.count())]);
  const std::int64_t threads =
      std::min(core_count(), multiply_add_count(spec, input.shape()) / kWorthAThread);
  parallel_for(rows, threads, [&](std::int64_t row) {
    if (!watched.cancel) {
      compute_row(job, row, results.get());
      ++watched.done;
    }
  });
  return watched.cancel ? Tensor() : Tensor(output, results);
}

}  // namespace convscope
