// One output value of any layer, spelled out: its terms, the named statistics it depends on, and
// how they are combined. Random access: any step costs O(kernel) and depends on no other step.
//
// The window slides over the layer's equivalent input (as_convolution.h): its input or, for a
// transposed convolution, the stretched input, over which the kernel, turned by 180 degrees, slides
// with stride 1.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/conv/layer_spec.h"
#include "core/tensor/tensor.h"

namespace convscope::conv {

// How the terms of a window are combined into a value.
enum class Fold {
  kSum,         // of products, + bias (convolution, transposed or not)
  kMax,         // of cells; cells of the padding never count
  kMean,        // the sum of cells / divisor
  kCopy,        // of the one cell (unfold)
  kRelu,        // max(0, the one cell)
  kExpression,  // given by Step::expression
};

// A number other than the terms that a value depends on, such as the mean of a channel.
struct Statistic {
  std::string_view name;  // as in the expression and in code
  double value = 0;
};

struct Term {
  Index input_at;   // the cell of the equivalent input; y and x may lie in the padding (negative or
                    // past the end)
  Index weight_at;  // the place in the layer's weight: (k, c, i, j), of a transposed convolution
                    // (c, k, i, j). Without weights (k, 0, i, j), the place in the window.
  bool padding = false;    // whether input_at lies outside the equivalent input
  bool has_source = true;  // false for a zero (padding, or between stretched cells) that is no
                           // cell's value
  bool counted = true;     // false: ignored (padding of a max pool, overhang of ceil_mode)
  Index source;            // the real cell of the input whose value stands at input_at
  float input = 0;
  float weight = 1;    // 1 without weights
  double product = 0;  // input·weight; 0 for an inserted zero, even times infinity
};

struct Step {
  std::int64_t position = 0;  // ((n·K + k)·OH + y)·OW + x
  Index output_at;            // (n, k, y, x)
  std::int64_t window_y =
      0;  // top left of the window, in equivalent cells; negative in the padding
  std::int64_t window_x = 0;
  Size2 window;             // dilated extent in equivalent cells
  std::vector<Term> terms;  // order c, i, j of the window as it lies on the equivalent input
  std::vector<double> partial_sums;  // per input channel; without weights one, before / divisor
  double bias = 0;
  double value = 0;  // as the reference computes it, before rounding to float
  Fold fold = Fold::kSum;
  // kExpression: how the value is computed, with `x` for the first term and the statistics by name:
  // "(x - mean) / std".
  std::string_view expression = {};
  std::vector<Statistic> statistics = {};
  double divisor = 1;        // kMean
  std::int64_t winner = -1;  // kMax: the first term equal to the maximum; -1: no term counts
};

// The expression of a kExpression step with its numbers, formatted by `text`, in place of the
// names: "(3 - 1.5) / 0.5".
std::string with_numbers(const Step& step, const std::function<std::string(double)>& text);

// The output cell of a position in `output` (N, K, OH, OW), and the inverse.
Index output_index(const Shape& output, std::int64_t position);
std::int64_t position_of(const Shape& output, const Index& at);

// The shape of the terms of each step, as (1, channels, rows, columns); (1, 1, 1, 1) if a value
// comes from one cell. Takes a fitted spec.
Shape terms_shape(const LayerSpec& spec);

// Step `position` of the layer; `weight` and `bias` are empty if it has none. Asserts
// problems(spec, input.shape()).empty() and 0 <= position < output count.
Step step_at(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
             std::int64_t position);

}  // namespace convscope::conv
