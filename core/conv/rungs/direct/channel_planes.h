// Depthwise layers with the planes in the lanes of vectors: a part of the direct rung, and of the
// gradient of the weight.
#pragma once

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

bool channel_planes_apply(const Windows& windows);
// Whether direct() computes the layer like that.
bool direct_uses_planes(const Windows& windows);

// See rungs.h for the return value.
bool channel_planes(const Correlation& job, const RunOptions& run);

// The gradient of the weight of such layers (channel_planes_gradient.cpp).
bool channel_planes_gradient_applies(const Windows& windows);
bool channel_planes_gradient(const WeightGradient& job, const RunOptions& run);

}  // namespace convscope::conv::rungs
