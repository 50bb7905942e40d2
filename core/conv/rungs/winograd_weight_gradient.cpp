#include "core/conv/rungs/rungs.h"

namespace convscope {

bool winograd_weight_gradient(const WeightGradient& job, const RunOptions& run) {
  return gemm_weight_gradient(job, run);
}

}  // namespace convscope
