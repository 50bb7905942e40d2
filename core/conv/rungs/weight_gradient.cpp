#include "core/conv/rungs/rungs.h"

namespace convscope {

bool gemm_weight_gradient(const WeightGradient&, const RunOptions&) { return false; }

}  // namespace convscope
