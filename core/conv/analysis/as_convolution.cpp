#include "core/conv/analysis/as_convolution.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

namespace convscope::conv {

namespace {

// How many channels of the output, and of the input, a group has. Total.
std::int64_t group_outputs(const LayerSpec& spec) {
  return std::max<std::int64_t>(1, spec.out_channels / std::max<std::int64_t>(1, spec.groups));
}
std::int64_t group_inputs(const LayerSpec& spec) {
  return std::max<std::int64_t>(1, spec.in_channels / std::max<std::int64_t>(1, spec.groups));
}

Index turned_place(const LayerSpec& spec, const Index& at) {
  return {at.n, at.c, spec.kernel_size.h - 1 - at.y, spec.kernel_size.w - 1 - at.x};
}

bool is_turned(const LayerSpec& spec) {
  return spec.op == Op::kConvTranspose || (spec.op == Op::kConv && spec.flip);
}

Tensor stretched(const Tensor& input, const LayerSpec& spec) {
  const Shape own = input.shape();
  const Shape stage = stage_input_shape(spec, own);
  std::vector<float> values(static_cast<std::size_t>(stage.count()), 0.0F);
  for (std::int64_t row = 0; row < own.n * own.c * own.h; ++row) {
    const std::int64_t map = row / own.h;
    const std::int64_t stage_row = map * stage.h + row % own.h * spec.stride.h;
    for (std::int64_t x = 0; x < own.w; ++x) {
      values[static_cast<std::size_t>(stage_row * stage.w + x * spec.stride.w)] =
          input.data()[row * own.w + x];
    }
  }
  return Tensor(stage, std::move(values));
}

}  // namespace

LayerSpec stage_spec(const LayerSpec& any, const Shape& input) {
  LayerSpec spec = fitted(any, input);
  spec.flip = false;
  if (spec.op != Op::kConvTranspose) {
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

Shape stage_input_shape(const LayerSpec& spec, const Shape& input) {
  if (spec.op != Op::kConvTranspose) {
    return input;
  }
  return {input.n, input.c, (input.h - 1) * spec.stride.h + 1, (input.w - 1) * spec.stride.w + 1};
}

Tensor stage_weight(const Tensor& weight, const LayerSpec& spec) {
  if (!is_turned(spec)) {
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
  AsConvolution stage;
  stage.spec = stage_spec(spec, input.shape());
  stage.input = input;
  stage.weight = stage_weight(weight, spec);
  stage.turned = is_turned(spec);
  if (spec.op == Op::kConvTranspose) {
    stage.stretch = spec.stride;
    stage.input = spec.stride == Size2{1, 1} ? input : stretched(input, spec);
  }
  return stage;
}

std::optional<Index> own_input_at(const LayerSpec& spec, const Shape& input, const Index& stage) {
  if (spec.op != Op::kConvTranspose) {
    return stage;
  }
  const Size2 stretch = {std::max<std::int64_t>(1, spec.stride.h),
                         std::max<std::int64_t>(1, spec.stride.w)};
  const Index own = {stage.n, stage.c, stage.y / stretch.h, stage.x / stretch.w};
  const bool real = stage.y % stretch.h == 0 && stage.x % stretch.w == 0 && contains(input, own);
  return real ? std::optional(own) : std::nullopt;
}

Index stage_input_at(const LayerSpec& spec, const Index& own) {
  if (spec.op != Op::kConvTranspose) {
    return own;
  }
  return {own.n, own.c, own.y * spec.stride.h, own.x * spec.stride.w};
}

Index own_weight_at(const LayerSpec& spec, const Index& stage) {
  if (spec.op == Op::kConvTranspose) {
    const std::int64_t group = stage.n / group_outputs(spec);
    return turned_place(spec, {group * group_inputs(spec) + stage.c, stage.n % group_outputs(spec),
                               stage.y, stage.x});
  }
  return spec.op == Op::kConv && spec.flip ? turned_place(spec, stage) : stage;
}

Index stage_weight_at(const LayerSpec& spec, const Index& own) {
  if (spec.op == Op::kConvTranspose) {
    const std::int64_t group = own.n / group_inputs(spec);
    return turned_place(
        spec, {group * group_outputs(spec) + own.c, own.n % group_inputs(spec), own.y, own.x});
  }
  return spec.op == Op::kConv && spec.flip ? turned_place(spec, own) : own;
}

}  // namespace convscope::conv
