#include "core/lesson/formula.h"

#include <cassert>

namespace convscope {
namespace {

std::string text(std::int64_t number) { return std::to_string(number); }

std::string padding_terms(const AxisNumbers& axis) {
  if (axis.pad_before == axis.pad_after) {
    return " + 2·" + text(axis.pad_before);
  }
  return " + " + text(axis.pad_before) + " + " + text(axis.pad_after);
}

std::string filter_product(const LayerSpec& spec) {
  return text(spec.in_channels / spec.groups) + "·" + text(spec.kernel_size.h) + "·" +
         text(spec.kernel_size.w);
}

}  // namespace

AxisNumbers height_numbers(const LayerSpec& spec, const Shape& input) {
  const Pads pads = resolved_pads(spec, input);
  return {input.h, pads.top, pads.bottom, spec.kernel_size.h, spec.stride.h, spec.dilation.h};
}

AxisNumbers width_numbers(const LayerSpec& spec, const Shape& input) {
  const Pads pads = resolved_pads(spec, input);
  return {input.w, pads.left, pads.right, spec.kernel_size.w, spec.stride.w, spec.dilation.w};
}

std::string size_formula(const AxisNumbers& axis) {
  const std::int64_t reach = axis.dilation * (axis.kernel - 1) + 1;
  const std::int64_t room = axis.input + axis.pad_before + axis.pad_after - reach;
  assert(room >= 0 && axis.stride > 0);
  return "⌊(" + text(axis.input) + padding_terms(axis) + " - " + text(axis.dilation) + "·(" +
         text(axis.kernel) + "-1) - 1)/" + text(axis.stride) +
         "⌋ + 1 = " + text(room / axis.stride + 1);
}

std::string parameter_formula(const LayerSpec& spec) {
  const std::string product = filter_product(spec);
  const std::string total = grouped_digits(parameter_count(spec));
  return (spec.bias ? "(" + product + " + 1)·" : product + "·") + text(spec.out_channels) + " = " +
         total;
}

std::string multiply_add_formula(const LayerSpec& spec, const Shape& input) {
  const Shape out = output_shape(spec, input);
  const std::string batch = out.n == 1 ? "" : text(out.n) + "·";
  return batch + text(out.c) + "·" + text(out.h) + "·" + text(out.w) + "·" + filter_product(spec) +
         " = " + grouped_digits(multiply_add_count(spec, input));
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

}  // namespace convscope
