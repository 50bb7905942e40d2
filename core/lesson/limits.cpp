#include "core/lesson/limits.h"

#include <limits>

namespace convscope {

std::int64_t saturating_count(const Shape& shape) {
  std::int64_t count = 1;
  for (const std::int64_t side : {shape.n, shape.c, shape.h, shape.w}) {
    if (side <= 0) {
      return 0;
    }
    if (count > std::numeric_limits<std::int64_t>::max() / side) {
      count = std::numeric_limits<std::int64_t>::max();
    } else {
      count *= side;
    }
  }
  return count;
}

std::vector<Problem> layer_problems(const Conv2dSpec& spec, const Shape& input) {
  std::vector<Problem> found = problems(spec, input);
  if (!found.empty()) {
    return found;
  }
  if (saturating_count(weight_shape(spec)) > kMaxWeights) {
    found.push_back({"weight_too_large", "out_channels", {{"limit", kMaxWeights}}});
  } else if (saturating_count(output_shape(spec, input)) > kMaxTensorValues) {
    found.push_back({"output_too_large", "padding", {{"limit", kMaxTensorValues}}});
  }
  return found;
}

}  // namespace convscope
