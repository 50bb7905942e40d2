// The form of the dense rung for many filters; see panel_gemm.cpp.
#pragma once

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// Whether it has enough memory for one thread.
bool panel_gemm_fits(const Windows& windows, const WeightStrides& strides);

// The same bits as gemm_parts() of the one part: every sum takes its products in the order c, i, j.
// See rungs.h for the return value.
bool panel_gemm(const Correlation& job, const RunOptions& run);

}  // namespace convscope::conv::rungs
