// torch.nn.Unfold (im2col): (N, C, H, W) -> (N, C·kh·kw, OH, OW), zeros outside.
#include <algorithm>

#include "core/conv/ceil_div.h"
#include "core/conv/layer_limits.h"
#include "core/conv/operators/index_text.h"
#include "core/conv/operators/operator.h"
#include "core/conv/operators/size_text.h"
#include "core/conv/operators/windows.h"
#include "core/conv/rungs/pool/copies.h"
#include "core/conv/rungs/tasks.h"

namespace convscope::conv {

namespace {

// An output row: that of the input under a tap, `copy` writes it, and zeros.
template <class Copy>
void unfold_row(const WindowJob& job, const Index& at, float* results, const Copy& copy) {
  const WindowAxis& axis = job.axes.columns;
  const std::int64_t tap = at.c % (job.axes.rows.kernel * axis.kernel);
  const std::int64_t channel = at.c / (job.axes.rows.kernel * axis.kernel);
  const float* row = row_under(job, at, channel, tap / axis.kernel);
  if (row == nullptr) {
    std::fill_n(results, job.output.w, 0.0F);
    return;
  }
  const std::int64_t shift = axis.cell(0, tap % axis.kernel);
  const auto [first, last] = inside({0, job.output.w}, axis.stride, shift, axis.size);
  std::fill_n(results, first, 0.0F);
  std::fill(results + last, results + job.output.w, 0.0F);
  if (first < last) {
    copy(row + first * axis.stride + shift, last - first, results + first);
  }
}

// In bands of rows: all taps of a band read the same rows, which stay in the second-level cache.
bool forward_into(std::span<float> out, const TensorView& input, const TensorView& /*weight*/,
                  const TensorView& /*bias*/, const LayerSpec& spec, const RunOptions& run) {
  constexpr std::int64_t kBand = 16;
  const WindowJob job = window_job(input, spec);
  const Shape& output = job.output;
  const std::int64_t taps = job.axes.rows.kernel * job.axes.columns.kernel;
  const std::int64_t bands = ceil_div(output.h, kBand);
  const std::int64_t stride = job.axes.columns.stride;
  const bool stream = rungs::outgrows_caches(output.count());
  const auto copy = [&](const float* from, std::int64_t count, float* to) {
    rungs::copy_row(from, count, stride, stream, to);
  };
  const auto unfold_band = [&](std::int64_t index, std::int64_t) {
    const std::int64_t plane = index / bands;
    const std::int64_t begin = index % bands * kBand;
    for (std::int64_t map = plane * taps; map < (plane + 1) * taps; ++map) {
      for (std::int64_t y = begin; y < std::min(begin + kBand, output.h); ++y) {
        const std::int64_t row = map * output.h + y;
        unfold_row(job, row_index(output, row), out.data() + row * output.w, copy);
      }
    }
    if (stream) {
      rungs::flush_copies();
    }
  };
  rungs::run_tasks(run, output.n * output.c / taps * bands,
                   rungs::threads_for(run, work_count(job.spec, input.shape)), unfold_band);
  return !cancelled(run);
}

Tensor reference(const Tensor& input, const Tensor& /*weight*/, const Tensor& /*bias*/,
                 const LayerSpec& spec) {
  const WindowJob job = window_job(input, spec);
  return map_rows(job.output, 0, {}, [&](std::int64_t row, float* results) {
    unfold_row(job, row_index(job.output, row), results,
               [&](const float* from, std::int64_t count, float* to) {
                 for (std::int64_t x = 0; x < count; ++x) {
                   to[x] = from[x * job.axes.columns.stride];
                 }
               });
  });
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
                                    .forward_into = forward_into,
                                    .reference = reference,
                                    .spell_out = spell_out,
                                    .size_formula = window_size_formula,
                                    .formula = formula};

}  // namespace convscope::conv
