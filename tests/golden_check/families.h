// The ops by family; find_op() chooses.
#pragma once

#include <vector>

#include "core/conv/layer_spec.h"
#include "tests/golden_check/ops.h"

namespace convscope::golden {

std::vector<Answer> convolution(const Case& golden);
std::vector<Answer> transposed_convolution(const Case& golden);
std::vector<Answer> convolution_gradient(const Case& golden);
std::vector<Answer> transposed_gradient(const Case& golden);
std::vector<Answer> max_pool(const Case& golden);
std::vector<Answer> avg_pool(const Case& golden);
std::vector<Answer> rectified(const Case& golden);
std::vector<Answer> unfolded(const Case& golden);
std::vector<Answer> gradient_descent(const Case& golden);
std::vector<Answer> same_tf_table(const Case& golden);

// The map of a layer, computed by step_at() for each position.
Tensor by_steps(const Tensor& input, const Tensor& weight, const Tensor& bias,
                const conv::LayerSpec& spec);

}  // namespace convscope::golden
