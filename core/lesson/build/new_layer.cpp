#include "core/lesson/build/new_layer.h"

#include <algorithm>

#include "core/conv/operators/operator.h"
#include "core/lesson/build/filter_presets.h"
#include "core/lesson/build/reshape.h"
#include "core/lesson/limits.h"

namespace convscope::lesson {
namespace {

// Padding as plain numbers, alike on both sides, as layers other than convolutions take it.
void make_padding_even(conv::LayerSpec& spec, bool is_pool) {
  const conv::Size2 most = is_pool ? conv::Size2{spec.kernel_size.h / 2, spec.kernel_size.w / 2}
                                   : conv::Size2{spec.pads.top, spec.pads.left};
  const std::int64_t y = std::min(spec.pads.top, most.h);
  const std::int64_t x = std::min(spec.pads.left, most.w);
  spec.padding = y == 0 && x == 0 ? conv::PaddingRule::kValid : conv::PaddingRule::kExplicit;
  spec.pads = {y, y, x, x};
}

void follow(conv::LayerSpec& spec, std::int64_t channels) {
  const bool depthwise = spec.groups > 1 && spec.groups == spec.in_channels;
  if (depthwise) {
    spec.out_channels = channels * std::max<std::int64_t>(spec.out_channels / spec.groups, 1);
    spec.groups = channels;
  } else if (spec.groups < 1 || channels % spec.groups != 0) {
    spec.groups = 1;
  }
  spec.in_channels = channels;
}

}  // namespace

conv::LayerSpec spec_of_operator(const conv::LayerSpec& from, conv::Op op, const Shape& input,
                                 bool one_dimensional) {
  conv::LayerSpec spec = from;
  const conv::Operator& before = conv::operator_of(from.op);
  const conv::Operator& after = conv::operator_of(op);
  spec.op = op;
  if (before.one_cell) {
    spec.kernel_size = {std::min<std::int64_t>(3, input.h), std::min<std::int64_t>(3, input.w)};
  }
  if (from.padding != conv::PaddingRule::kExplicit) {
    const bool has_pads = before.reads(conv::Setting::kPadding);
    spec.pads = has_pads ? conv::resolved_pads(from, input) : conv::Pads{};
    spec.padding = conv::PaddingRule::kExplicit;
  }
  if (!after.reads(conv::Setting::kDilation)) {
    spec.dilation = {1, 1};
  }
  if (after.weight != conv::WeightLayout::kNone) {
    spec.in_channels = input.c;
    spec.out_channels = before.weight == conv::WeightLayout::kNone ? input.c : from.out_channels;
    const bool divides = spec.groups > 0 && spec.in_channels % spec.groups == 0 &&
                         spec.out_channels % spec.groups == 0;
    const bool had_groups = before.weight != conv::WeightLayout::kNone;
    spec.groups = had_groups && divides ? spec.groups : 1;
  } else {
    spec.bias = false;
  }
  if (!after.reads(conv::Setting::kPadding)) {
    spec.padding = conv::PaddingRule::kValid;
  } else if (!after.reads(conv::Setting::kPaddingMode)) {
    make_padding_even(spec, op == conv::Op::kMaxPool || op == conv::Op::kAvgPool);
  } else if (spec.pads == conv::Pads{}) {
    spec.padding = conv::PaddingRule::kValid;
  }
  return conv::fitted(spec_for(one_dimensional, spec), input);
}

Layer new_layer(conv::Op op, const Shape& input, bool one_dimensional, std::uint64_t seed) {
  const conv::Operator& row = conv::operator_of(op);
  conv::LayerSpec spec;
  spec.op = op;
  const bool pool = op == conv::Op::kMaxPool || op == conv::Op::kAvgPool;
  const std::int64_t side = pool || row.transposed() ? 2 : 3;
  spec.kernel_size = {std::min(side, input.h), std::min(side, input.w)};
  if (row.transposed()) {
    spec.kernel_size = {side, side};
  }
  if (pool || row.transposed()) {
    spec.stride = spec.kernel_size;
  }
  if (op == conv::Op::kConv) {
    const std::int64_t y = (spec.kernel_size.h - 1) / 2;
    const std::int64_t x = (spec.kernel_size.w - 1) / 2;
    spec.padding = conv::PaddingRule::kExplicit;
    spec.pads = {y, y, x, x};
  }
  spec.in_channels = spec.out_channels = input.c;
  Layer layer;
  layer.one_dimensional = one_dimensional;
  layer.spec = conv::fitted(spec_for(one_dimensional, spec), input);
  if (layer_problems(layer.spec, input).empty() && conv::has_weight(op)) {
    const Shape shape = conv::weight_shape(layer.spec);
    layer.weight.base =
        Tensor(shape, random_weights(shape.count(), shape.c * shape.h * shape.w, seed));
  }
  return layer;
}

void follow_channels(std::span<conv::LayerSpec> specs, std::size_t first, Shape input) {
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (i >= first && conv::has_weight(specs[i].op)) {
      follow(specs[i], input.c);
    }
    specs[i] = conv::fitted(specs[i], input);
    if (!layer_problems(specs[i], input).empty()) {
      return;
    }
    input = conv::output_shape(specs[i], input);
  }
}

}  // namespace convscope::lesson
