// Shared by operators that compute each output value from the input cell at the same place.
#pragma once

#include <string>

#include "core/conv/operators/axis_numbers.h"
#include "core/conv/operators/problem_checks.h"

namespace convscope::conv {

// Sets a window of one cell and default values for everything else.
void fit_pointwise(LayerSpec& spec, const Shape& input);

void find_pointwise_problems(Problems& found, const LayerSpec& spec, const Shape& input);

Shape pointwise_output_shape(const LayerSpec& spec, const Shape& input);

// "5".
std::string pointwise_size_formula(const AxisNumbers& axis);

}  // namespace convscope::conv
