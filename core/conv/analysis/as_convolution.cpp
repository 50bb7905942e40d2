#include "core/conv/analysis/as_convolution.h"
#include "core/conv/operators/operator.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

namespace convscope::conv {

namespace {

// Output (or input) channels per group. Accepts any numbers.
std::int64_t group_outputs(const LayerSpec& spec) {
  return std::max<std::int64_t>(1, spec.out_channels / std::max<std::int64_t>(1, spec.groups));
}
std::int64_t group_inputs(const LayerSpec& spec) {
  return std::max<std::int64_t>(1, spec.in_channels / std::max<std::int64_t>(1, spec.groups));
}

Index flipped_place(const LayerSpec& spec, const Index& at) {
  return {at.n, at.c, spec.kernel_size.h - 1 - at.y, spec.kernel_size.w - 1 - at.x};
}

bool is_transposed(const LayerSpec& spec) { return operator_of(spec.op).transposed(); }

bool is_flipped(const LayerSpec& spec) {
  return is_transposed(spec) || (spec.flip && operator_of(spec.op).reads(Setting::kFlip));
}

Tensor zero_inserted(const Tensor& input, const LayerSpec& spec) {
  const Shape own = input.shape();
  const Shape equivalent = equivalent_input_shape(spec, own);
  std::vector<float> values(static_cast<std::size_t>(equivalent.count()), 0.0F);
  for (std::int64_t row = 0; row < own.n * own.c * own.h; ++row) {
    const std::int64_t map = row / own.h;
    const std::int64_t stage_row = map * equivalent.h + row % own.h * spec.stride.h;
    for (std::int64_t x = 0; x < own.w; ++x) {
      values[static_cast<std::size_t>(stage_row * equivalent.w + x * spec.stride.w)] =
          input.data()[row * own.w + x];
    }
  }
  return Tensor(equivalent, std::move(values));
}

}  // namespace

LayerSpec equivalent_spec(const LayerSpec& any, const Shape& input) {
  LayerSpec spec = fitted(any, input);
  spec.flip = false;
  if (!is_transposed(spec)) {
    return spec;
  }
  const Pads cut = resolved_pads(spec, input);
  const Size2 reach = dilated_kernel(spec);
  spec.op = Op::kConv;
  spec.stride = {1, 1};
  spec.padding = PaddingRule::kExplicit;
  spec.pads = {reach.h - 1 - cut.top, reach.h - 1 - cut.bottom + spec.output_padding.h,
               reach.w - 1 - cut.left, reach.w - 1 - cut.right + spec.output_padding.w};
  spec.output_padding = {0, 0};
  return spec;
}

Shape equivalent_input_shape(const LayerSpec& spec, const Shape& input) {
  if (!is_transposed(spec)) {
    return input;
  }
  return {input.n, input.c, (input.h - 1) * spec.stride.h + 1, (input.w - 1) * spec.stride.w + 1};
}

Tensor equivalent_weight(const Tensor& weight, const LayerSpec& spec) {
  if (!is_flipped(spec)) {
    return has_weight(spec.op) ? weight : Tensor();
  }
  const Shape shape = {spec.out_channels, spec.in_channels / spec.groups, spec.kernel_size.h,
                       spec.kernel_size.w};
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(shape.count()));
  for (std::int64_t k = 0; k < shape.n; ++k) {
    for (std::int64_t c = 0; c < shape.c; ++c) {
      for (std::int64_t i = 0; i < shape.h; ++i) {
        for (std::int64_t j = 0; j < shape.w; ++j) {
          values.push_back(weight.at(own_weight_at(spec, {k, c, i, j})));
        }
      }
    }
  }
  return Tensor(shape, std::move(values));
}

AsConvolution as_convolution(const Tensor& input, const Tensor& weight, const LayerSpec& spec) {
  assert(problems(spec, input.shape()).empty());
  AsConvolution equivalent;
  equivalent.spec = equivalent_spec(spec, input.shape());
  equivalent.input = input;
  equivalent.weight = equivalent_weight(weight, spec);
  equivalent.flipped = is_flipped(spec);
  if (is_transposed(spec)) {
    equivalent.stretch = spec.stride;
    equivalent.input = spec.stride == Size2{1, 1} ? input : zero_inserted(input, spec);
  }
  return equivalent;
}

std::optional<Index> own_input_at(const LayerSpec& spec, const Shape& input,
                                  const Index& equivalent) {
  if (!is_transposed(spec)) {
    return equivalent;
  }
  const Size2 stretch = {std::max<std::int64_t>(1, spec.stride.h),
                         std::max<std::int64_t>(1, spec.stride.w)};
  const Index own = {equivalent.n, equivalent.c, equivalent.y / stretch.h,
                     equivalent.x / stretch.w};
  const bool real =
      equivalent.y % stretch.h == 0 && equivalent.x % stretch.w == 0 && contains(input, own);
  return real ? std::optional(own) : std::nullopt;
}

Index equivalent_input_at(const LayerSpec& spec, const Index& own) {
  if (!is_transposed(spec)) {
    return own;
  }
  return {own.n, own.c, own.y * spec.stride.h, own.x * spec.stride.w};
}

Index own_weight_at(const LayerSpec& spec, const Index& equivalent) {
  if (is_transposed(spec)) {
    const std::int64_t group = equivalent.n / group_outputs(spec);
    return flipped_place(spec, {group * group_inputs(spec) + equivalent.c,
                                equivalent.n % group_outputs(spec), equivalent.y, equivalent.x});
  }
  return is_flipped(spec) ? flipped_place(spec, equivalent) : equivalent;
}

Index equivalent_weight_at(const LayerSpec& spec, const Index& own) {
  if (is_transposed(spec)) {
    const std::int64_t group = own.n / group_inputs(spec);
    return flipped_place(
        spec, {group * group_outputs(spec) + own.c, own.n % group_inputs(spec), own.y, own.x});
  }
  return is_flipped(spec) ? flipped_place(spec, own) : own;
}

}  // namespace convscope::conv
