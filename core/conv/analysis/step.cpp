#include "core/conv/analysis/step.h"

#include <algorithm>
#include <cassert>
#include <optional>

#include "core/conv/operators/operator.h"
#include "core/conv/rounding.h"

namespace convscope::conv {

Shape terms_shape(const LayerSpec& spec) {
  if (operator_of(spec.op).one_cell) {
    return {1, 1, 1, 1};
  }
  const std::int64_t channels = has_weight(spec.op) ? spec.in_channels / spec.groups : 1;
  return {1, channels, spec.kernel_size.h, spec.kernel_size.w};
}

std::string with_numbers(const Step& step, const std::function<std::string(double)>& text) {
  const auto number = [&](std::string_view name) -> std::optional<double> {
    if (name == "x") {
      return step.terms.front().product;
    }
    const auto found =
        std::find_if(step.statistics.begin(), step.statistics.end(),
                     [&](const Statistic& statistic) { return statistic.name == name; });
    return found == step.statistics.end() ? std::nullopt : std::optional(found->value);
  };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const std::string_view all = step.expression;
  std::string written;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i;
    while (end < all.size() && is_letter(all[end])) {
      ++end;
    }
    const std::string_view name = all.substr(i, std::max(end - i, std::size_t{1}));
    const std::optional<double> value = number(name);
    written += value ? text(*value) : std::string(name);
    i += name.size();
  }
  return written;
}

Index output_index(const Shape& output, std::int64_t position) {
  const std::int64_t row = position / output.w;
  const std::int64_t map = row / output.h;
  return {map / output.c, map % output.c, row % output.h, position % output.w};
}

std::int64_t position_of(const Shape& output, const Index& at) { return offset_of(output, at); }

Step step_at(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
             std::int64_t position) {
  assert(problems(spec, input.shape()).empty());
  assert(weight.shape() == weight_shape(spec));
  const Shape output = output_shape(spec, input.shape());
  assert(position >= 0 && position < output.count());
  const StepLayer layer = {input, weight, bias, fitted(spec, input.shape()),
                           window_axes(spec, input.shape())};
  Step step;
  step.position = position;
  step.output_at = output_index(output, position);
  step.window_y = layer.axes.rows.start(step.output_at.y);
  step.window_x = layer.axes.columns.start(step.output_at.x);
  step.window = dilated_kernel(layer.spec);
  operator_of(spec.op).spell_out(step, layer);
  step.value = one_nan(step.value);
  return step;
}

}  // namespace convscope::conv
