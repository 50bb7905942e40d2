#include "core/conv/conv2d_spec.h"

#include <algorithm>
#include <cassert>

#include "core/conv/conv2d_limits.h"

namespace convscope {

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

}  // namespace

Size2 dilated_kernel(const Conv2dSpec& spec) {
  return {reach(spec.kernel_size.h, spec.dilation.h), reach(spec.kernel_size.w, spec.dilation.w)};
}

Pads resolved_pads(const Conv2dSpec& spec, const Shape& input) {
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

Shape output_shape(const Conv2dSpec& spec, const Shape& input) {
  const Pads pads = resolved_pads(spec, input);
  const Size2 dilated = dilated_kernel(spec);
  return {input.n, spec.out_channels,
          outputs(input.h, pads.top + pads.bottom, dilated.h, spec.stride.h),
          outputs(input.w, pads.left + pads.right, dilated.w, spec.stride.w)};
}

Shape weight_shape(const Conv2dSpec& spec) {
  return {spec.out_channels, spec.in_channels / spec.groups, spec.kernel_size.h,
          spec.kernel_size.w};
}

std::int64_t parameter_count(const Conv2dSpec& spec) {
  return weight_shape(spec).count() + (spec.bias ? spec.out_channels : 0);
}

std::int64_t multiply_add_count(const Conv2dSpec& spec, const Shape& input) {
  assert(problems(spec, input).empty());
  const Shape weight = weight_shape(spec);
  return output_shape(spec, input).count() * weight.c * weight.h * weight.w;
}

}  // namespace convscope
