#include "tests/golden_check/ops.h"

#include <map>

#include "tests/golden_check/families.h"

namespace convscope::golden {

Compute find_op(const std::string& name) {
  static const std::map<std::string, Compute> kOps = {
      {"conv1d", convolution},
      {"conv2d", convolution},
      {"conv1d_grad", convolution_gradient},
      {"conv2d_grad", convolution_gradient},
      {"conv_transpose1d", transposed_convolution},
      {"conv_transpose2d", transposed_convolution},
      {"conv_transpose1d_grad", transposed_gradient},
      {"conv_transpose2d_grad", transposed_gradient},
      {"max_pool1d", max_pool},
      {"max_pool2d", max_pool},
      {"avg_pool1d", avg_pool},
      {"avg_pool2d", avg_pool},
      {"relu", rectified},
      {"unfold", unfolded},
      {"gradient_descent", gradient_descent},
      {"same_tf_table", same_tf_table},
  };
  const auto found = kOps.find(name);
  return found == kOps.end() ? Compute() : found->second;
}

}  // namespace convscope::golden
