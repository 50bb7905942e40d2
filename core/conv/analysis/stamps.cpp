// Transposed convolution as its formula states it: one stamp after another.
#include <cassert>
#include <utility>

#include "core/conv/analysis/step.h"
#include "core/conv/conv_transpose2d.h"
#include "core/conv/rounding.h"

namespace convscope::conv {

namespace {

// Calls stamp(weight_at, output_at) for each tap of the stamp at `input_at`, in the order o, i, j;
// output_at may lie outside the output.
template <typename Visit>
void visit_taps(const LayerSpec& spec, const Pads& cut, const Index& input_at, Visit visit) {
  const std::int64_t filters = spec.out_channels / spec.groups;
  const std::int64_t first = input_at.c / (spec.in_channels / spec.groups) * filters;
  for (std::int64_t o = 0; o < filters; ++o) {
    for (std::int64_t i = 0; i < spec.kernel_size.h; ++i) {
      for (std::int64_t j = 0; j < spec.kernel_size.w; ++j) {
        visit(
            Index{input_at.c, o, i, j},
            Index{input_at.n, first + o, input_at.y * spec.stride.h - cut.top + i * spec.dilation.h,
                  input_at.x * spec.stride.w - cut.left + j * spec.dilation.w});
      }
    }
  }
}

// The sums after some of the stamps. Each channel is summed separately before it is added to the
// others, as in step_at().
std::vector<double> stamp_sums(const Tensor& input, const Tensor& weight, const LayerSpec& spec,
                               std::int64_t stamps) {
  assert(spec.op == Op::kConvTranspose && problems(spec, input.shape()).empty());
  assert(weight.shape() == weight_shape(spec));
  assert(stamps >= 0 && stamps <= input.shape().count());
  const Shape output = output_shape(spec, input.shape());
  const Pads cut = resolved_pads(spec, input.shape());
  const std::int64_t channel_stamps = input.shape().h * input.shape().w;
  std::vector<double> sums(static_cast<std::size_t>(output.count()));
  std::vector<double> channel(sums.size());
  for (std::int64_t position = 0; position < stamps; ++position) {
    const Index input_at = output_index(input.shape(), position);
    const double value = input.at(input_at);
    visit_taps(spec, cut, input_at, [&](const Index& weight_at, const Index& output_at) {
      if (contains(output, output_at)) {
        channel[static_cast<std::size_t>(offset_of(output, output_at))] +=
            value * weight.at(weight_at);
      }
    });
    if ((position + 1) % channel_stamps == 0 || position + 1 == stamps) {
      for (std::size_t i = 0; i < sums.size(); ++i) {
        sums[i] += std::exchange(channel[i], 0.0);
      }
    }
  }
  return sums;
}

}  // namespace

Tensor conv_transpose2d_reference(const Tensor& input, const Tensor& weight, const Tensor& bias,
                                  const LayerSpec& spec) {
  const Shape output = output_shape(spec, input.shape());
  const std::vector<double> sums = stamp_sums(input, weight, spec, input.shape().count());
  std::vector<float> values;
  values.reserve(sums.size());
  for (std::int64_t p = 0; p < output.count(); ++p) {
    const double sum = sums[static_cast<std::size_t>(p)];
    const std::int64_t k = output_index(output, p).c;
    values.push_back(rounded(bias.empty() ? sum : sum + bias.at({0, 0, 0, k})));
  }
  return Tensor(output, std::move(values));
}

Tensor stamped(const Tensor& input, const Tensor& weight, const LayerSpec& spec,
               std::int64_t stamps) {
  const std::vector<double> sums = stamp_sums(input, weight, spec, stamps);
  std::vector<float> values;
  values.reserve(sums.size());
  for (const double sum : sums) {
    values.push_back(rounded(sum));
  }
  return Tensor(output_shape(spec, input.shape()), std::move(values));
}

Stamp stamp_at(const Tensor& input, const Tensor& weight, const LayerSpec& spec,
               std::int64_t position) {
  assert(spec.op == Op::kConvTranspose && problems(spec, input.shape()).empty());
  assert(position >= 0 && position < input.shape().count());
  const Shape output = output_shape(spec, input.shape());
  Stamp stamp;
  stamp.position = position;
  stamp.input_at = output_index(input.shape(), position);
  stamp.input = input.at(stamp.input_at);
  visit_taps(spec, resolved_pads(spec, input.shape()), stamp.input_at,
             [&](const Index& weight_at, const Index& output_at) {
               const float factor = weight.at(weight_at);
               stamp.terms.push_back({weight_at, output_at, contains(output, output_at), factor,
                                      one_nan(static_cast<double>(stamp.input) * factor)});
             });
  return stamp;
}

}  // namespace convscope::conv
