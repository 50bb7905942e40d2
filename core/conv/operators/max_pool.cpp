// torch.nn.MaxPool2d, MaxPool1d. Padding is never a maximum; a NaN is.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/conv/operators/index_text.h"
#include "core/conv/operators/operator.h"
#include "core/conv/operators/size_text.h"
#include "core/conv/operators/windows.h"
#include "core/conv/rounding.h"

namespace convscope::conv {

namespace {

void max_block(const WindowJob& job, const Index& at, Columns columns, float* results) {
  std::fill_n(results, columns.count(), -std::numeric_limits<float>::infinity());
  visit_cells(job, at, columns, [&](std::size_t x, float value) {
    results[x] = value > results[x] || value != value ? value : results[x];
  });
  for (std::int64_t x = 0; x < columns.count(); ++x) {
    results[x] = rounded(results[x]);
  }
}

bool part_into(std::span<float> out, const TensorView& input, const LayerSpec& spec,
               const Area& area, const RunOptions& run) {
  const WindowJob job = window_job(input, spec);
  const rungs::PlaneWindows planes = plane_windows(job, area, out.data());
  if (!rungs::window_rows_fit(planes)) {
    return map_blocks_into(out, job, area, run, max_block);
  }
  rungs::max_pool(planes, run);
  return !cancelled(run);
}

Tensor reference(const Tensor& input, const Tensor& /*weight*/, const Tensor& /*bias*/,
                 const LayerSpec& spec) {
  return map_of_blocks(input, spec, max_block);
}

void spell_out(Step& step, const StepLayer& layer) {
  add_window(step, layer);
  double largest = -std::numeric_limits<double>::infinity();
  for (std::size_t t = 0; t < step.terms.size(); ++t) {
    Term& term = step.terms[t];
    term.counted = term.has_source;
    const bool larger = term.product > largest || std::isnan(term.product);
    if (term.counted && (step.winner < 0 || (larger && !std::isnan(largest)))) {
      step.winner = static_cast<std::int64_t>(t);
      largest = term.product;
    }
  }
  finish(step, Fold::kMax, largest);
}

std::string formula(const LayerSpec& spec, const Shape& input, const std::string& name) {
  const IndexText at = index_text(spec, input);
  return "out[n,c," + at.out + "] = max " + name + "[n,c," + at.read + "]";
}

constexpr Setting kSettings[] = {Setting::kKernelSize, Setting::kStride, Setting::kPadding,
                                 Setting::kDilation, Setting::kCeilMode};

}  // namespace

extern const Operator kMaxPooling = {.op = Op::kMaxPool,
                                     .word_1d = "max_pool1d",
                                     .word_2d = "max_pool2d",
                                     .torch_class = "MaxPool",
                                     .caption = "max",
                                     .sign = "max",
                                     .row_code = ".amax(1)",
                                     .settings = kSettings,
                                     .padding = PaddingRole::kIgnored,
                                     .stride_is_kernel = true,
                                     .fit = fit_channels,
                                     .find_problems = find_window_problems,
                                     .output_shape = window_output_shape,
                                     .reference = reference,
                                     .part_into = part_into,
                                     .spell_out = spell_out,
                                     .size_formula = window_size_formula,
                                     .formula = formula};

}  // namespace convscope::conv
