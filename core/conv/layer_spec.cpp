#include "core/conv/layer_spec.h"

#include <algorithm>
#include <cassert>

#include "core/conv/analysis/step.h"
#include "core/conv/layer_limits.h"
#include "core/conv/operators/operator.h"

namespace convscope::conv {

namespace {

struct AxisPads {
  std::int64_t before = 0;
  std::int64_t after = 0;
};

// The smaller half comes before the input.
AxisPads split(std::int64_t total) { return {total / 2, total - total / 2}; }

// TensorFlow's "SAME": ceil(size / stride) outputs, and exactly the padding that they read.
AxisPads same_tf_pads(std::int64_t size, std::int64_t reach, std::int64_t stride) {
  if (size < 1 || stride < 1) {
    return {};  // reported by problems()
  }
  const std::int64_t last_start = (size - 1) / stride * stride;
  return split(std::max<std::int64_t>(0, last_start + reach - size));
}

std::int64_t reach(std::int64_t kernel, std::int64_t dilation) {
  return bounded(dilation) * (bounded(kernel) - 1) + 1;
}

}  // namespace

Size2 dilated_kernel(const LayerSpec& spec) {
  const Operator& op = operator_of(spec.op);
  if (!op.reads(Setting::kKernelSize)) {
    return {1, 1};
  }
  const Size2 dilation = op.reads(Setting::kDilation) ? spec.dilation : Size2{1, 1};
  return {reach(spec.kernel_size.h, dilation.h), reach(spec.kernel_size.w, dilation.w)};
}

bool has_weight(Op op) { return operator_of(op).weight != WeightLayout::kNone; }

LayerSpec fitted(LayerSpec spec, const Shape& input) {
  if (const auto fit = operator_of(spec.op).fit) {
    fit(spec, input);
  }
  return spec;
}

Pads resolved_pads(const LayerSpec& spec, const Shape& input) {
  if (!operator_of(spec.op).reads(Setting::kPadding)) {
    return {};
  }
  const Size2 dilated = dilated_kernel(spec);
  AxisPads rows;
  AxisPads columns;
  switch (spec.padding) {
    case PaddingRule::kExplicit:
      return spec.pads;
    case PaddingRule::kValid:
      break;
    case PaddingRule::kSame:
      rows = split(dilated.h - 1);
      columns = split(dilated.w - 1);
      break;
    case PaddingRule::kSameTf:
      rows = same_tf_pads(bounded(input.h), dilated.h, bounded(spec.stride.h));
      columns = same_tf_pads(bounded(input.w), dilated.w, bounded(spec.stride.w));
      break;
  }
  return {rows.before, rows.after, columns.before, columns.after};
}

std::vector<Problem> problems(const LayerSpec& spec, const Shape& input) {
  Problems found;
  operator_of(spec.op).find_problems(found, fitted(spec, input), input);
  return found;
}

Shape output_shape(const LayerSpec& spec, const Shape& input) {
  return operator_of(spec.op).output_shape(fitted(spec, input), input);
}

Shape weight_shape(const LayerSpec& spec) {
  const Size2& kernel = spec.kernel_size;
  switch (operator_of(spec.op).weight) {
    case WeightLayout::kOutIn:
      return {spec.out_channels, spec.in_channels / spec.groups, kernel.h, kernel.w};
    case WeightLayout::kInOut:
      return {spec.in_channels, spec.out_channels / spec.groups, kernel.h, kernel.w};
    case WeightLayout::kNone:
      break;
  }
  return {};
}

std::int64_t parameter_count(const LayerSpec& spec) {
  return weight_shape(spec).count() + (has_weight(spec.op) && spec.bias ? spec.out_channels : 0);
}

std::int64_t multiply_add_count(const LayerSpec& spec, const Shape& input) {
  return has_weight(spec.op) ? work_count(spec, input) : 0;
}

std::int64_t work_count(const LayerSpec& spec, const Shape& input) {
  assert(problems(spec, input).empty());
  if (operator_of(spec.op).weight == WeightLayout::kInOut) {  // every input value is stamped
    const Shape weight = weight_shape(spec);
    return input.count() * weight.c * weight.h * weight.w;
  }
  return output_shape(spec, input).count() * terms_shape(spec).count();
}

}  // namespace convscope::conv
