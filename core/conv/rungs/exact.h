// The rung that all others fall back to.
#pragma once

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// Bit-identical to the reference: sums in double precision in the order c, i, j, rounded once, with
// the same NaN and infinity. A cancelled run leaves the output partly written.
void exact(const Correlation& job, const RunOptions& run);

}  // namespace convscope::conv::rungs
