// torch.nn.Unfold (im2col): (N, C, H, W) -> (N, C·kh·kw, OH, OW), zeros outside.
#include <algorithm>

#include "core/conv/layer_limits.h"
#include "core/conv/operators/index_text.h"
#include "core/conv/operators/operator.h"
#include "core/conv/operators/size_text.h"
#include "core/conv/operators/windows.h"

namespace convscope::conv {

namespace {

void unfold_row(const WindowJob& job, const Index& at, float* results) {
  const WindowAxis& axis = job.axes.columns;
  const std::int64_t tap = at.c % (job.axes.rows.kernel * axis.kernel);
  const std::int64_t channel = at.c / (job.axes.rows.kernel * axis.kernel);
  const float* row = row_under(job, at, channel, tap / axis.kernel);
  std::fill_n(results, job.output.w, 0.0F);
  if (row == nullptr) {
    return;
  }
  const std::int64_t shift = axis.cell(0, tap % axis.kernel);
  const auto [first, last] = inside({0, job.output.w}, axis.stride, shift, axis.size);
  for (std::int64_t x = first; x < last; ++x) {
    results[x] = row[x * axis.stride + shift];
  }
}

Tensor unfolded(const WindowJob& job, const RunOptions& run) {
  return map_rows(job.output, work_count(job.spec, job.input.shape()), run,
                  [&](std::int64_t row, float* results) {
                    unfold_row(job, row_index(job.output, row), results);
                  });
}

Tensor forward(const Tensor& input, const Tensor& /*weight*/, const Tensor& /*bias*/,
               const LayerSpec& spec, const RunOptions& run) {
  return unfolded(window_job(input, spec), run);
}

void spell_out(Step& step, const StepLayer& layer) {
  const Size2 kernel = layer.spec.kernel_size;
  const std::int64_t tap = step.output_at.c % (kernel.h * kernel.w);
  add_cell(step, layer, step.output_at.c / (kernel.h * kernel.w), tap / kernel.w, tap % kernel.w);
  finish(step, Fold::kCopy, step.terms[0].product);
}

std::string formula(const LayerSpec& spec, const Shape& input, const std::string& name) {
  const IndexText at = index_text(spec, input);
  const Size2& kernel = spec.kernel_size;
  const std::string row = at.line ? "+j" : "+" + factor_text(kernel.w) + "i+j";
  return "out[n," + factor_text(kernel.h * kernel.w) + "c" + row + "," + at.out + "] = " + name +
         "[n,c," + at.read + "]";
}

void fit(LayerSpec& spec, const Shape& input) {
  fit_channels(spec, input);
  spec.out_channels = bounded(input.c) * bounded(spec.kernel_size.h);
  spec.out_channels = bounded(spec.out_channels) * bounded(spec.kernel_size.w);
}

constexpr Setting kSettings[] = {Setting::kKernelSize, Setting::kStride, Setting::kPadding,
                                 Setting::kDilation};

}  // namespace

extern const Operator kUnfolding = {.op = Op::kUnfold,
                                    .word_1d = "",
                                    .word_2d = "unfold",
                                    .torch_class = "Unfold",
                                    .caption = "unfold",
                                    .settings = kSettings,
                                    .one_cell = true,
                                    .unfolds = true,
                                    .fit = fit,
                                    .find_problems = find_window_problems,
                                    .output_shape = window_output_shape,
                                    .forward = forward,
                                    .spell_out = spell_out,
                                    .size_formula = window_size_formula,
                                    .formula = formula};

}  // namespace convscope::conv
