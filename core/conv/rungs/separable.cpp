#include "core/conv/rungs/rungs.h"

namespace convscope {

bool separable_applies(const Correlation&) { return false; }
bool separable(const Correlation& job, const RunOptions& run) { return gemm(job, run); }

}  // namespace convscope
