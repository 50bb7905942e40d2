#include "core/conv/rungs/rungs.h"

namespace convscope {

bool gemm_weight_gradient(const WeightGradient&, const Run&) { return false; }

}  // namespace convscope
