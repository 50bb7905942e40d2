// torch.nn.ReLU: max(0, x); NaN stays NaN.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/conv/ceil_div.h"
#include "core/conv/map_rows.h"
#include "core/conv/operators/index_text.h"
#include "core/conv/operators/operator.h"
#include "core/conv/operators/pointwise.h"
#include "core/conv/rungs/pool/copies.h"
#include "core/conv/rungs/tasks.h"

namespace convscope::conv {

namespace {

bool part_into(std::span<float> out, const TensorView& input, const LayerSpec& /*spec*/,
               const Area& area, const RunOptions& run) {
  const Shape shape = {input.shape.n, input.shape.c, area.h, area.w};
  return map_rows_into(out, shape, shape.count(), run, [&](std::int64_t row, float* results) {
    Index at = row_index(shape, row);
    at.y += area.y;
    at.x = area.x;
    rungs::relu_row(input.data + offset_of(input.shape, at), area.w, false, results);
  });
}

// Without regard to rows.
bool forward_into(std::span<float> out, const TensorView& input, const TensorView& /*weight*/,
                  const TensorView& /*bias*/, const LayerSpec& /*spec*/, const RunOptions& run) {
  constexpr std::int64_t kPiece = 1 << 14;
  const std::int64_t count = input.shape.count();
  const bool stream = rungs::outgrows_caches(count);
  const auto piece = [&](std::int64_t index, std::int64_t) {
    const std::int64_t begin = index * kPiece;
    rungs::relu_row(input.data + begin, std::min(kPiece, count - begin), stream,
                    out.data() + begin);
    if (stream) {
      rungs::flush_copies();
    }
  };
  rungs::run_tasks(run, ceil_div(count, kPiece), rungs::threads_for(run, count), piece);
  return !cancelled(run);
}

Tensor reference(const Tensor& input, const Tensor& /*weight*/, const Tensor& /*bias*/,
                 const LayerSpec& /*spec*/) {
  std::vector<float> values(input.values().begin(), input.values().end());
  for (float& value : values) {
    value = value > 0 || value != value ? value : 0.0F;
  }
  return Tensor(input.shape(), std::move(values));
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
                                       .forward_into = forward_into,
                                       .reference = reference,
                                       .part_into = part_into,
                                       .spell_out = spell_out,
                                       .size_formula = pointwise_size_formula,
                                       .formula = formula};

}  // namespace convscope::conv
