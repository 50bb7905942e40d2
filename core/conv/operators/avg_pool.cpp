// torch.nn.AvgPool2d, AvgPool1d. The sum of the window's real cells, divided by divisor_override if
// given; otherwise, with count_include_pad, by the window's cells in the padded input (ceil_mode's
// overhang does not count); otherwise by its cells in the input.
#include <algorithm>
#include <array>
#include <vector>

#include "core/conv/operators/index_text.h"
#include "core/conv/operators/operator.h"
#include "core/conv/operators/size_text.h"
#include "core/conv/operators/windows.h"
#include "core/conv/rounding.h"

namespace convscope::conv {

namespace {

// How many cells of a window count towards its average.
std::int64_t counted_cells(const WindowAxis& axis, std::int64_t window, bool include_pad) {
  const std::int64_t begin = axis.start(window);
  const std::int64_t end = begin + axis.kernel;
  return include_pad ? std::min(end, axis.padded_end) - begin
                     : std::min(end, axis.size) - std::max<std::int64_t>(begin, 0);
}

void mean_block(const WindowJob& job, const Index& at, Columns columns, float* results) {
  std::array<double, kRowBlock> sums;
  std::fill_n(sums.begin(), columns.count(), 0.0);
  visit_cells(job, at, columns, [&](std::size_t x, float value) { sums[x] += value; });
  const bool include_pad = job.spec.count_include_pad;
  const std::int64_t rows = counted_cells(job.axes.rows, at.y, include_pad);
  for (std::int64_t x = columns.begin; x < columns.end; ++x) {
    const std::int64_t divisor = job.spec.divisor_override > 0
                                     ? job.spec.divisor_override
                                     : rows * counted_cells(job.axes.columns, x, include_pad);
    const auto i = x - columns.begin;
    results[i] = rounded(sums[static_cast<std::size_t>(i)] / static_cast<double>(divisor));
  }
}

// The factors of every window's divisor on one axis, from window `begin` on.
std::vector<double> divisors(const WindowAxis& axis, std::int64_t begin, std::int64_t count,
                             const LayerSpec& spec) {
  std::vector<double> factors;
  for (std::int64_t window = begin; window < begin + count; ++window) {
    factors.push_back(spec.divisor_override > 0 ? 1
                                                : static_cast<double>(counted_cells(
                                                      axis, window, spec.count_include_pad)));
  }
  return factors;
}

bool part_into(std::span<float> out, const TensorView& input, const LayerSpec& spec,
               const Area& area, const RunOptions& run) {
  const WindowJob job = window_job(input, spec);
  const rungs::PlaneWindows planes = plane_windows(job, area, out.data());
  if (rungs::window_rows_fit(planes)) {
    std::vector<double> rows = divisors(job.axes.rows, area.y, area.h, job.spec);
    if (job.spec.divisor_override > 0) {
      std::fill(rows.begin(), rows.end(), static_cast<double>(job.spec.divisor_override));
    }
    if (rungs::average_pool(planes, rows, divisors(job.axes.columns, area.x, area.w, job.spec),
                            run)) {
      return !cancelled(run);
    }
  }
  return map_blocks_into(out, job, area, run, mean_block);
}

Tensor reference(const Tensor& input, const Tensor& /*weight*/, const Tensor& /*bias*/,
                 const LayerSpec& spec) {
  return map_of_blocks(input, spec, mean_block);
}

void spell_out(Step& step, const StepLayer& layer) {
  add_window(step, layer);
  double sum = 0;
  double count = 0;
  for (Term& term : step.terms) {
    const bool in_padding = term.input_at.y < layer.axes.rows.padded_end &&
                            term.input_at.x < layer.axes.columns.padded_end;
    term.counted = term.has_source || (layer.spec.count_include_pad && in_padding);
    count += term.counted ? 1 : 0;
    sum += term.product;
  }
  const auto override = static_cast<double>(layer.spec.divisor_override);
  finish(step, Fold::kMean, sum, override > 0 ? override : count);
}

// "4", or "count" if it differs from window to window.
std::string divisor_text(const LayerSpec& spec) {
  if (spec.divisor_override > 0) {
    return std::to_string(spec.divisor_override);
  }
  const bool varies = spec.ceil_mode || (!spec.count_include_pad && spec.pads != Pads{});
  return varies ? "count" : std::to_string(spec.kernel_size.h * spec.kernel_size.w);
}

std::string formula(const LayerSpec& spec, const Shape& input, const std::string& name) {
  const IndexText at = index_text(spec, input);
  return "out[n,c," + at.out + "] = \u03A3 " + name + "[n,c," + at.read + "] / " +
         divisor_text(spec);
}

void fit(LayerSpec& spec, const Shape& input) {
  fit_channels(spec, input);
  spec.dilation = {1, 1};
}

constexpr Setting kSettings[] = {Setting::kKernelSize,      Setting::kStride,
                                 Setting::kPadding,         Setting::kCeilMode,
                                 Setting::kCountIncludePad, Setting::kDivisorOverride};

}  // namespace

extern const Operator kAveragePooling = {.op = Op::kAvgPool,
                                         .word_1d = "avg_pool1d",
                                         .word_2d = "avg_pool2d",
                                         .torch_class = "AvgPool",
                                         .caption = "mean",
                                         .sign = "mean",
                                         .row_code = ".mean(1)",
                                         .settings = kSettings,
                                         .padding = PaddingRole::kMayCount,
                                         .stride_is_kernel = true,
                                         .fit = fit,
                                         .find_problems = find_window_problems,
                                         .output_shape = window_output_shape,
                                         .reference = reference,
                                         .part_into = part_into,
                                         .spell_out = spell_out,
                                         .size_formula = window_size_formula,
                                         .formula = formula};

}  // namespace convscope::conv
