// The rung that everything can fall back on.
#pragma once

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// The bits of the reference: sums in double precision in the order c, i, j, rounded once. NaN and
// infinity come out as there. A cancelled run leaves the output as it is.
void exact(const Correlation& job, const RunOptions& run);

}  // namespace convscope::conv::rungs
