// The rung that all others fall back to.
#pragma once

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// Bit-identical to the reference: sums in double precision in the order c, i, j, rounded once, with
// the same NaN and infinity. A cancelled run leaves the output partly written.
void exact(const Correlation& job, const RunOptions& run);

// The same for a layer that fits the first-level cache; false if it is too large.
bool exact_small(const Correlation& job);

}  // namespace convscope::conv::rungs
