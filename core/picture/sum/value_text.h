// The value of a step, wherever it is told besides its sum.
#pragma once

#include <string>

#include "core/conv/analysis/step.h"

namespace convscope::picture::sum {

// As the sum writes it: with as many decimals.
std::string value_text(const conv::Step& step);

}  // namespace convscope::picture::sum
