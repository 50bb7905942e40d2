// The rung for dense layers, which can compute several correlations at once.
#pragma once

#include <span>

#include "core/conv/run_options.h"
#include "core/conv/rungs/correlation.h"

namespace convscope::conv::rungs {

// Correlations of one input that share batch, groups, channels, stride and mode (the phases of a
// transposed layer): the input is packed once for all of them. See rungs.h for the return value.
bool gemm_parts(std::span<const Correlation> parts, const RunOptions& run);

// The order in which gemm() adds the products of a sum; kNone: it has not enough memory for one
// thread and leaves the layer to the exact rung (rungs.h). Layers with the same windows, but for
// the number of filters, get the same bits if they have the same order.
enum class GemmOrder { kNone, kPlain, kWithRest };
GemmOrder gemm_order(const Correlation& job);

}  // namespace convscope::conv::rungs
