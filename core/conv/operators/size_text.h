// The formula for an output size, shared by operators with a sliding window.
#pragma once

#include <string>

#include "core/conv/operators/axis_numbers.h"

namespace convscope::conv {

// "⌊(5 + 2·1 - 1·(3-1) - 1)/2⌋ + 1 = 3"; with `ceil` "⌈...⌉", and "+ 1 - 1" if the last window
// would start after the input. Source: torch.nn.Conv2d, torch.nn.MaxPool2d.
std::string window_size_formula(const AxisNumbers& axis);

// "1·(3-1)".
std::string reach_terms(const AxisNumbers& axis);

}  // namespace convscope::conv
