#include "core/lesson/limits.h"

#include <limits>

namespace convscope::lesson {

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

std::vector<Problem> layer_problems(const conv::LayerSpec& spec, const Shape& input) {
  std::vector<Problem> found = conv::problems(spec, input);
  if (!found.empty()) {
    return found;
  }
  const auto check = [&](const char* code, const char* field, const Shape& shape,
                         std::int64_t limit) {
    if (saturating_count(shape) > limit) {
      found.push_back(
          {code,
           field,
           {{"n", shape.n}, {"c", shape.c}, {"h", shape.h}, {"w", shape.w}, {"limit", limit}}});
    }
  };
  check("weight_too_large", "kernel_size", conv::weight_shape(spec), kMaxWeights);
  check("output_too_large", "out_channels", conv::output_shape(spec, input), kMaxTensorValues);
  return found;
}

std::vector<Problem> layer_problems(const conv::LayerSpec& spec, const Shape& input,
                                    std::int64_t& kept) {
  std::vector<Problem> found = layer_problems(spec, input);
  if (found.empty()) {
    kept += conv::has_weight(spec.op) ? conv::parameter_count(spec) : 0;
    kept += saturating_count(conv::output_shape(spec, input));
    if (kept > kMaxSceneValues) {
      found.push_back({"scene_too_large", "", {{"limit", kMaxSceneValues}}});
    }
  }
  return found;
}

}  // namespace convscope::lesson
