// A form of the gradient of the weight for many filters and taps; see weight_gradient_product.cpp.
#pragma once

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

bool weight_gradient_product_applies(const WeightGradient& job);

// See rungs.h for the return value.
bool weight_gradient_product(const WeightGradient& job, const RunOptions& run);

}  // namespace convscope::conv::rungs
