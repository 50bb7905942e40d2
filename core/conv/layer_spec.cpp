#include "core/conv/layer_spec.h"

#include <algorithm>
#include <cassert>

#include "core/conv/layer_limits.h"

namespace convscope::conv {

namespace {

struct AxisPads {
  std::int64_t before = 0;
  std::int64_t after = 0;
};

// The smaller half stands before the input.
AxisPads split(std::int64_t total) { return {total / 2, total - total / 2}; }

// TensorFlow's "SAME": ceil(size / stride) outputs, and just the padding that these read.
AxisPads same_tf_pads(std::int64_t size, std::int64_t reach, std::int64_t stride) {
  if (size < 1 || stride < 1) {
    return {};  // problems() says so
  }
  const std::int64_t last_start = (size - 1) / stride * stride;
  return split(std::max<std::int64_t>(0, last_start + reach - size));
}

// A setting that problems() refuses as too large is read as the largest, so nothing overflows.
std::int64_t bounded(std::int64_t value) { return std::clamp(value, -kMostCells, kMostCells); }

std::int64_t reach(std::int64_t kernel, std::int64_t dilation) {
  return bounded(dilation) * (bounded(kernel) - 1) + 1;
}

std::int64_t outputs(std::int64_t size, std::int64_t pads, std::int64_t reach,
                     std::int64_t stride) {
  return (size + pads - reach) / stride + 1;
}

// A last window that begins in the padding behind the input would see nothing of it.
std::int64_t ceil_outputs(std::int64_t size, std::int64_t before, std::int64_t after,
                          std::int64_t reach, std::int64_t stride) {
  const std::int64_t count = (size + before + after - reach + stride - 1) / stride + 1;
  return (count - 1) * stride >= size + before ? count - 1 : count;
}

}  // namespace

Size2 dilated_kernel(const LayerSpec& spec) {
  if (spec.op == Op::kRelu) {
    return {1, 1};
  }
  if (spec.op == Op::kAvgPool) {
    return {reach(spec.kernel_size.h, 1), reach(spec.kernel_size.w, 1)};
  }
  return {reach(spec.kernel_size.h, spec.dilation.h), reach(spec.kernel_size.w, spec.dilation.w)};
}

bool has_weight(Op op) { return op == Op::kConv || op == Op::kConvTranspose; }

LayerSpec fitted(LayerSpec spec, const Shape& input) {
  if (has_weight(spec.op)) {
    return spec;
  }
  if (spec.op == Op::kRelu) {
    spec = {.op = Op::kRelu, .kernel_size = {1, 1}};
  }
  if (spec.op == Op::kAvgPool) {
    spec.dilation = {1, 1};
  }
  spec.in_channels = spec.groups = spec.out_channels = input.c;
  if (spec.op == Op::kUnfold) {
    spec.out_channels = bounded(input.c) * bounded(spec.kernel_size.h);
    spec.out_channels = bounded(spec.out_channels) * bounded(spec.kernel_size.w);
  }
  spec.bias = false;
  return spec;
}

Pads resolved_pads(const LayerSpec& spec, const Shape& input) {
  if (spec.op == Op::kRelu) {
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

Shape output_shape(const LayerSpec& any, const Shape& input) {
  const LayerSpec spec = fitted(any, input);
  const Pads pads = resolved_pads(spec, input);
  const Size2 dilated = dilated_kernel(spec);
  const std::int64_t rows = pads.top + pads.bottom;
  const std::int64_t columns = pads.left + pads.right;
  if (spec.op == Op::kConvTranspose) {
    return {input.n, spec.out_channels,
            (input.h - 1) * spec.stride.h - rows + dilated.h + spec.output_padding.h,
            (input.w - 1) * spec.stride.w - columns + dilated.w + spec.output_padding.w};
  }
  if (spec.ceil_mode && (spec.op == Op::kMaxPool || spec.op == Op::kAvgPool)) {
    return {input.n, spec.out_channels,
            ceil_outputs(input.h, pads.top, pads.bottom, dilated.h, spec.stride.h),
            ceil_outputs(input.w, pads.left, pads.right, dilated.w, spec.stride.w)};
  }
  return {input.n, spec.out_channels, outputs(input.h, rows, dilated.h, spec.stride.h),
          outputs(input.w, columns, dilated.w, spec.stride.w)};
}

Shape weight_shape(const LayerSpec& spec) {
  switch (spec.op) {
    case Op::kConv:
      return {spec.out_channels, spec.in_channels / spec.groups, spec.kernel_size.h,
              spec.kernel_size.w};
    case Op::kConvTranspose:
      return {spec.in_channels, spec.out_channels / spec.groups, spec.kernel_size.h,
              spec.kernel_size.w};
    case Op::kMaxPool:
    case Op::kAvgPool:
    case Op::kRelu:
    case Op::kUnfold:
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
  const Shape weight = weight_shape(spec);
  switch (spec.op) {
    case Op::kConv:
      return output_shape(spec, input).count() * weight.c * weight.h * weight.w;
    case Op::kConvTranspose:
      return input.count() * weight.c * weight.h * weight.w;
    case Op::kMaxPool:
    case Op::kAvgPool:
      return output_shape(spec, input).count() * spec.kernel_size.h * spec.kernel_size.w;
    case Op::kRelu:
    case Op::kUnfold:
      break;
  }
  return output_shape(spec, input).count();
}

}  // namespace convscope::conv
