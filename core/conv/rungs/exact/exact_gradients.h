// The exact rung for gradients: sums in double precision, rounded once; NaN and infinity as in the
// formulas.
#pragma once

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// job.windows.mode may be any: a padding cell's gradient is added to the cell it copies. No bias.
void exact_gradient_of_input(const Transposed& job, const RunOptions& run);
void exact_gradient_of_weight(const WeightGradient& job, const RunOptions& run);

}  // namespace convscope::conv::rungs
