#include "core/lesson/formula.h"

#include <initializer_list>

#include "core/conv/operators/operator.h"

namespace convscope::lesson {
namespace {

std::string text(std::int64_t number) { return std::to_string(number); }

std::string product(std::initializer_list<std::int64_t> factors) {
  std::string all;
  for (const std::int64_t factor : factors) {
    all += (all.empty() ? "" : "·") + text(factor);
  }
  return all;
}

std::string filter_product(const conv::LayerSpec& spec) {
  return product({spec.in_channels / spec.groups, spec.kernel_size.h, spec.kernel_size.w});
}

}  // namespace

AxisNumbers height_numbers(const conv::LayerSpec& any, const Shape& input) {
  const conv::LayerSpec spec = conv::fitted(any, input);
  const conv::Pads pads = conv::resolved_pads(spec, input);
  const bool ceil = spec.ceil_mode && conv::operator_of(spec.op).reads(conv::Setting::kCeilMode);
  return {input.h,         pads.top, pads.bottom, spec.kernel_size.h,   spec.stride.h,
          spec.dilation.h, spec.op,  ceil,        spec.output_padding.h};
}

AxisNumbers width_numbers(const conv::LayerSpec& any, const Shape& input) {
  const conv::LayerSpec spec = conv::fitted(any, input);
  const conv::Pads pads = conv::resolved_pads(spec, input);
  const bool ceil = spec.ceil_mode && conv::operator_of(spec.op).reads(conv::Setting::kCeilMode);
  return {input.w,         pads.left, pads.right, spec.kernel_size.w,   spec.stride.w,
          spec.dilation.w, spec.op,   ceil,       spec.output_padding.w};
}

std::string size_formula(const AxisNumbers& axis) {
  return conv::operator_of(axis.op).size_formula(axis);
}

std::string unfold_formula(const conv::LayerSpec& spec, const Shape& input) {
  const Shape out = conv::output_shape(spec, input);
  return "(" + product({input.c, spec.kernel_size.h, spec.kernel_size.w}) + ", " +
         product({out.h, out.w}) + ") = (" + text(out.c) + ", " + text(out.h * out.w) + ")";
}

std::string parameter_formula(const conv::LayerSpec& spec) {
  if (!conv::has_weight(spec.op)) {
    return "0";
  }
  const std::string total = grouped_digits(conv::parameter_count(spec));
  if (conv::operator_of(spec.op).transposed()) {
    const Shape weight = conv::weight_shape(spec);
    return product({weight.n, weight.c, weight.h, weight.w}) +
           (spec.bias ? " + " + text(spec.out_channels) : "") + " = " + total;
  }
  const std::string product = filter_product(spec);
  return (spec.bias ? "(" + product + " + 1)·" : product + "·") + text(spec.out_channels) + " = " +
         total;
}

std::string multiply_add_formula(const conv::LayerSpec& spec, const Shape& input) {
  if (!conv::has_weight(spec.op)) {
    return "0";
  }
  const bool transposed = conv::operator_of(spec.op).transposed();
  const Shape counted = transposed ? input : conv::output_shape(spec, input);
  const std::int64_t maps = (transposed ? spec.out_channels : spec.in_channels) / spec.groups;
  const std::string batch = counted.n == 1 ? "" : text(counted.n) + "·";
  return batch +
         product({counted.c, counted.h, counted.w, maps, spec.kernel_size.h, spec.kernel_size.w}) +
         " = " + grouped_digits(conv::multiply_add_count(spec, input));
}

std::string grouped_digits(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  if (digits.size() - first < 5) {
    return digits;
  }
  for (std::size_t i = digits.size(); i > first + 3;) {
    i -= 3;
    digits.insert(i, "\u202F");
  }
  return digits;
}

std::string shape_text(const Shape& shape, bool one_dimensional) {
  const std::string height = one_dimensional ? "" : text(shape.h) + ", ";
  return "(" + text(shape.n) + ", " + text(shape.c) + ", " + height + text(shape.w) + ")";
}

std::string asked_shape_text(const Shape& shape, bool one_dimensional) {
  return "(" + text(shape.n) + ", " + text(shape.c) + (one_dimensional ? ", ?)" : ", ?, ?)");
}

}  // namespace convscope::lesson
