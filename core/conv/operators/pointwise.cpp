#include "core/conv/operators/pointwise.h"

#include "core/conv/operators/windows.h"

namespace convscope::conv {

void fit_pointwise(LayerSpec& spec, const Shape& input) {
  spec = {.op = spec.op, .kernel_size = {1, 1}};
  fit_channels(spec, input);
}

void find_pointwise_problems(Problems& found, const LayerSpec& /*spec*/, const Shape& input) {
  check_input(found, input);
}

Shape pointwise_output_shape(const LayerSpec& /*spec*/, const Shape& input) { return input; }

std::string pointwise_size_formula(const AxisNumbers& axis) { return std::to_string(axis.input); }

}  // namespace convscope::conv
