// The form of the dense rung for many filters; see panel_gemm.cpp.
#pragma once

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// How a layer would be computed. kWithRest: the last positions of a map have the taps in the lanes,
// so that their products are added in another order.
enum class PanelForm { kNone, kPlain, kWithRest };

// kNone: there isn't enough memory for one thread.
PanelForm panel_form(const Correlation& job);

// With kPlain the same bits as gemm_parts() of the one part: every sum takes its products in the
// order c, i, j. See rungs.h for the return value.
bool panel_gemm(const Correlation& job, const RunOptions& run);

}  // namespace convscope::conv::rungs
