#include "core/conv/analysis/flipped.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace convscope::conv {

Tensor flipped(const Tensor& kernels) {
  std::vector<float> values(kernels.values().begin(), kernels.values().end());
  const std::int64_t plane = kernels.shape().h * kernels.shape().w;
  for (std::int64_t begin = 0; begin < kernels.shape().count(); begin += plane) {
    std::reverse(values.begin() + begin, values.begin() + begin + plane);
  }
  return Tensor(kernels.shape(), std::move(values));
}

}  // namespace convscope::conv
