// torch.nn.ReLU: max(0, x); NaN stays NaN.
#include <cmath>

#include "core/conv/map_rows.h"
#include "core/conv/operators/index_text.h"
#include "core/conv/operators/operator.h"
#include "core/conv/operators/pointwise.h"

namespace convscope::conv {

namespace {

Tensor part(const Tensor& input, const LayerSpec& /*spec*/, const Area& area,
            const RunOptions& run) {
  const Shape shape = {input.shape().n, input.shape().c, area.h, area.w};
  return map_rows(shape, shape.count(), run, [&](std::int64_t row, float* results) {
    Index at = row_index(shape, row);
    at.y += area.y;
    at.x = area.x;
    const float* values = input.data() + offset_of(input.shape(), at);
    for (std::int64_t x = 0; x < area.w; ++x) {
      results[x] = values[x] > 0 || values[x] != values[x] ? values[x] : 0.0F;
    }
  });
}

Tensor forward(const Tensor& input, const Tensor& /*weight*/, const Tensor& /*bias*/,
               const LayerSpec& spec, const RunOptions& run) {
  return part(input, spec, whole(input.shape()), run);
}

void spell_out(Step& step, const StepLayer& layer) {
  add_window(step, layer);
  const double value = step.terms[0].product;
  finish(step, Fold::kRelu, value > 0 || std::isnan(value) ? value : 0.0);
}

std::string formula(const LayerSpec& spec, const Shape& input, const std::string& name) {
  const std::string at = index_text(spec, input).out;
  return "out[n,c," + at + "] = max(0, " + name + "[n,c," + at + "])";
}

}  // namespace

extern const Operator kReluOperator = {.op = Op::kRelu,
                                       .word_1d = "relu",
                                       .word_2d = "relu",
                                       .torch_class = "ReLU",
                                       .caption = "relu",
                                       .sign = "max(0, x)",
                                       .row_code = ".clamp(min=0)",
                                       .one_cell = true,
                                       .fit = fit_pointwise,
                                       .find_problems = find_pointwise_problems,
                                       .output_shape = pointwise_output_shape,
                                       .forward = forward,
                                       .part = part,
                                       .spell_out = spell_out,
                                       .size_formula = pointwise_size_formula,
                                       .formula = formula};

}  // namespace convscope::conv
