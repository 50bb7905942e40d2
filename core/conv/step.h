// One output value, spelled out: the window, every product, the sum per channel, the bias.
// Random access: any step in O(kernel), none depends on another.
#pragma once

#include <cstdint>
#include <vector>

#include "core/conv/conv2d_spec.h"
#include "core/tensor/tensor.h"

namespace convscope {

struct Term {
  Index input_at;   // the cell under the kernel; y and x may lie in the padding (negative or past
                    // the end)
  Index weight_at;  // (k, c, i, j)
  bool padding = false;    // whether input_at lies outside the input
  bool has_source = true;  // false for a zero of padding, which is no cell's value
  Index source;            // the real cell whose value stands at input_at
  float input = 0;
  float weight = 0;
  double product = 0;
};

struct Step {
  std::int64_t position = 0;  // ((n·K + k)·OH + y)·OW + x
  Index output_at;            // (n, k, y, x)
  std::int64_t window_y = 0;  // top left of the window, in input cells; negative in the padding
  std::int64_t window_x = 0;
  Size2 window;                      // dilated extent in input cells
  std::vector<Term> terms;           // order c, i, j
  std::vector<double> partial_sums;  // one per input channel of the group
  double bias = 0;
  double value = 0;  // as conv2d_reference sums it, before rounding to float
};

// The output cell of a position in `output` (N, K, OH, OW), and back.
Index output_index(const Shape& output, std::int64_t position);
std::int64_t position_of(const Shape& output, const Index& at);

// Step `position` of the layer. Asserts problems(spec, input.shape()).empty() and
// 0 <= position < output count.
Step step_at(const Tensor& input, const Tensor& weight, const Tensor& bias, const Conv2dSpec& spec,
             std::int64_t position);

}  // namespace convscope
