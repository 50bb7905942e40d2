#include "core/conv/correlate.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/conv/map_rows.h"
#include "core/conv/padding.h"
#include "core/conv/rounding.h"

namespace convscope {

namespace {

using Sums = std::array<double, kRowBlock>;

// What every row needs to know.
struct Job {
  const Tensor& input;
  const Tensor& weight;
  const Tensor& bias;
  const LayerSpec& spec;
  Shape output;
  Pads pads;
};

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
  const auto [first, last] = inside(columns, stride, shift, size);
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
  const LayerSpec& spec = job.spec;
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
  const Index at = row_index(job.output, row);
  for (std::int64_t x = 0; x < job.output.w; x += kRowBlock) {
    compute_block(job, at, {x, std::min(x + kRowBlock, job.output.w)}, results + x);
  }
}

}  // namespace

Tensor correlate(const Tensor& input, const Tensor& weight, const Tensor& bias,
                 const LayerSpec& spec, Progress* progress) {
  const Shape output = output_shape(spec, input.shape());
  const Job job = {input, weight, bias, spec, output, resolved_pads(spec, input.shape())};
  const Shape filter = weight.shape();
  return map_rows(output, output.count() * filter.c * filter.h * filter.w, progress,
                  [&](std::int64_t row, float* results) { compute_row(job, row, results); });
}

}  // namespace convscope
