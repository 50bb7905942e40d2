#include "core/conv/rungs/rungs.h"

namespace convscope {

bool direct_applies(const Windows&) { return false; }
bool direct(const Correlation& job, const RunOptions& run) { return gemm(job, run); }

}  // namespace convscope
