#include "core/conv/conv_transpose2d.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "core/conv/correlate.h"
#include "core/conv/fresh_tensor.h"
#include "core/conv/map_rows.h"
#include "core/conv/rounding.h"
#include "core/conv/rungs/rungs.h"

namespace convscope::conv {

namespace {

using Sums = std::array<double, kRowBlock>;

struct Job {
  TensorView input;
  TensorView weight;
  TensorView bias;
  const LayerSpec& spec;
  Shape output;
  Pads cut;
};

// Adds one channel's contribution to columns of an output row. The taps run backwards, so that the
// inputs of every sum run forwards: the order of the kernel turned by 180 degrees.
void add_channel(const Job& job, Sums& sums, Columns columns, const Index& at, std::int64_t channel,
                 std::int64_t filter) {
  const LayerSpec& spec = job.spec;
  const Shape& input = job.input.shape;
  for (std::int64_t i = spec.kernel_size.h - 1; i >= 0; --i) {
    const std::int64_t offset = at.y + job.cut.top - i * spec.dilation.h;
    const std::int64_t y = offset / spec.stride.h;
    if (offset < 0 || offset % spec.stride.h != 0 || y >= input.h) {
      continue;
    }
    const float* row = job.input.data + offset_of(input, {at.n, channel, y, 0});
    for (std::int64_t j = spec.kernel_size.w - 1; j >= 0; --j) {
      const double weight = job.weight.at({channel, filter, i, j});
      // Input x goes to x · stride + shift, counted from the first column.
      const std::int64_t shift = j * spec.dilation.w - job.cut.left - columns.begin;
      const auto [first, last] = inside({0, input.w}, spec.stride.w, shift, columns.count());
      for (std::int64_t x = first; x < last; ++x) {
        sums[static_cast<std::size_t>(x * spec.stride.w + shift)] += row[x] * weight;
      }
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
    add_channel(job, channel_sums, columns, at, first_channel + c, at.c % group_filters);
    for (std::size_t x = 0; x < count; ++x) {
      sums[x] += channel_sums[x];
    }
  }
  // Without a bias, -0 is added: it changes no sum.
  const double bias = job.bias.empty() ? -0.0 : job.bias.at({0, 0, 0, at.c});
  for (std::size_t x = 0; x < count; ++x) {
    results[x] = rounded(sums[x] + bias);
  }
}

bool exact_transposed(const Job& job, std::span<float> out, const RunOptions& run) {
  return map_rows_into(out, job.output, work_count(job.spec, job.input.shape), run,
                       [&](std::int64_t row, float* results) {
                         const Index at = row_index(job.output, row);
                         for (std::int64_t x = 0; x < job.output.w; x += kRowBlock) {
                           compute_block(job, at, {x, std::min(x + kRowBlock, job.output.w)},
                                         results + x);
                         }
                       });
}

// The layer as the transpose of a convolution from its output to its input.
rungs::Transposed transpose_of(float* output, const TensorView& input, const TensorView& weight,
                               const TensorView& bias, const LayerSpec& spec) {
  const rungs::Windows windows = windows_of(spec, input.shape);
  return {.windows = windows,
          .values = input.data,
          .weight = weight.data,
          .weight_strides = kernel_layout(spec, windows).strides,
          .bias = bias.empty() ? nullptr : bias.data,
          .output = output};
}

}  // namespace

bool conv_transpose2d_into(std::span<float> out, const TensorView& input, const TensorView& weight,
                           const TensorView& bias, const LayerSpec& spec, const RunOptions& run) {
  assert(spec.op == Op::kConvTranspose && problems(spec, input.shape).empty());
  assert(weight.shape == weight_shape(spec));
  const Shape output = output_shape(spec, input.shape);
  assert(static_cast<std::int64_t>(out.size()) == output.count());
  const Job job = {input, weight, bias, spec, output, resolved_pads(spec, input.shape)};
  const rungs::Transposed transpose = transpose_of(out.data(), input, weight, bias, spec);
  const Algorithm algorithm = rungs::transposed_algorithm(transpose, run.algorithm);
  if (algorithm != Algorithm::kExact && rungs::transposed(transpose, algorithm, run)) {
    return !cancelled(run);
  }
  return !cancelled(run) && exact_transposed(job, out, run);
}

Algorithm conv_transpose2d_algorithm(const TensorView& weight, const LayerSpec& spec,
                                     const Shape& input, Algorithm wanted) {
  return rungs::transposed_algorithm(transpose_of(nullptr, {input, nullptr}, weight, {}, spec),
                                     wanted);
}

Tensor conv_transpose2d(const Tensor& input, const Tensor& weight, const Tensor& bias,
                        const LayerSpec& spec, const RunOptions& run) {
  return fresh_tensor(output_shape(spec, input.shape()), [&](std::span<float> out) {
    return conv_transpose2d_into(out, input, weight, bias, spec, run);
  });
}

}  // namespace convscope::conv
