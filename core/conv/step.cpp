#include "core/conv/step.h"

#include <cassert>
#include <optional>

#include "core/conv/padding.h"
#include "core/conv/rounding.h"

namespace convscope {

namespace {

Term term_at(const Tensor& input, const Tensor& weight, PaddingMode mode, const Index& input_at,
             const Index& weight_at) {
  Term term;
  term.input_at = input_at;
  term.weight_at = weight_at;
  term.padding = !contains(input.shape(), input_at);
  const std::optional<std::int64_t> y = source_index(input_at.y, input.shape().h, mode);
  const std::optional<std::int64_t> x = source_index(input_at.x, input.shape().w, mode);
  term.has_source = y && x;
  if (term.has_source) {
    term.source = {input_at.n, input_at.c, *y, *x};
    term.input = input.at(term.source);
  }
  term.weight = weight.at(weight_at);
  term.product = one_nan(static_cast<double>(term.input) * term.weight);
  return term;
}

}  // namespace

Index output_index(const Shape& output, std::int64_t position) {
  const std::int64_t row = position / output.w;
  const std::int64_t map = row / output.h;
  return {map / output.c, map % output.c, row % output.h, position % output.w};
}

std::int64_t position_of(const Shape& output, const Index& at) { return offset_of(output, at); }

Step step_at(const Tensor& input, const Tensor& weight, const Tensor& bias, const Conv2dSpec& spec,
             std::int64_t position) {
  assert(problems(spec, input.shape()).empty());
  const Shape output = output_shape(spec, input.shape());
  assert(position >= 0 && position < output.count());
  const Pads pads = resolved_pads(spec, input.shape());
  const std::int64_t group_channels = spec.in_channels / spec.groups;
  const std::int64_t group_filters = spec.out_channels / spec.groups;

  Step step;
  step.position = position;
  step.output_at = output_index(output, position);
  const auto [n, k, y, x] = step.output_at;
  step.window_y = y * spec.stride.h - pads.top;
  step.window_x = x * spec.stride.w - pads.left;
  step.window = dilated_kernel(spec);
  step.terms.reserve(
      static_cast<std::size_t>(group_channels * spec.kernel_size.h * spec.kernel_size.w));
  const std::int64_t first_channel = k / group_filters * group_channels;
  for (std::int64_t c = 0; c < group_channels; ++c) {
    double channel_sum = 0.0;
    for (std::int64_t i = 0; i < spec.kernel_size.h; ++i) {
      for (std::int64_t j = 0; j < spec.kernel_size.w; ++j) {
        const Index input_at = {n, first_channel + c, step.window_y + i * spec.dilation.h,
                                step.window_x + j * spec.dilation.w};
        step.terms.push_back(term_at(input, weight, spec.padding_mode, input_at, {k, c, i, j}));
        channel_sum += step.terms.back().product;
      }
    }
    step.partial_sums.push_back(one_nan(channel_sum));
    step.value += channel_sum;
  }
  if (!bias.empty()) {
    step.bias = bias.at({0, 0, 0, k});
    step.value += step.bias;
  }
  step.value = one_nan(step.value);
  return step;
}

}  // namespace convscope
