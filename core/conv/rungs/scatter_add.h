// A form of the transposed rung for small maps; see scatter_add.cpp.
#pragma once

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

bool scatter_add_applies(const Transposed& job);

// Whether it is expected to be faster than the phases one by one.
bool scatter_add_worth_it(const Windows& windows);

// See rungs.h for the return value.
bool scatter_add(const Transposed& job, const RunOptions& run);

}  // namespace convscope::conv::rungs
