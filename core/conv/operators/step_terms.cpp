#include "core/conv/operators/step_terms.h"

#include <optional>

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/operators/operator.h"
#include "core/conv/rounding.h"

namespace convscope::conv {

Term term_at(const StepLayer& layer, const Step& step, std::int64_t channel,
             const Index& weight_at) {
  const auto& [rows, columns] = layer.axes;
  Term term;
  term.input_at = {step.output_at.n, channel, rows.cell(step.output_at.y, weight_at.y),
                   columns.cell(step.output_at.x, weight_at.x)};
  term.weight_at = own_weight_at(layer.spec, weight_at);
  term.padding = term.input_at.y < 0 || term.input_at.y >= rows.stage_size() ||
                 term.input_at.x < 0 || term.input_at.x >= columns.stage_size();
  const std::optional<std::int64_t> y = rows.source(term.input_at.y);
  const std::optional<std::int64_t> x = columns.source(term.input_at.x);
  term.has_source = y && x;
  if (term.has_source) {
    term.source = {term.input_at.n, channel, *y, *x};
    term.input = layer.input.at(term.source);
  }
  if (has_weight(layer.spec.op)) {
    term.weight = layer.weight.at(term.weight_at);
  }
  // A convolution multiplies the zeros of its padding (0 · infinity is NaN, as in libraries). The
  // zeros of a transposed convolution only mark stamps that don't exist.
  const bool absent = !term.has_source && operator_of(layer.spec.op).transposed();
  term.product = absent ? 0.0 : one_nan(static_cast<double>(term.input) * term.weight);
  return term;
}

void add_products(Step& step, const StepLayer& layer) {
  const LayerSpec& spec = layer.spec;
  const std::int64_t channels = spec.in_channels / spec.groups;
  const std::int64_t k = step.output_at.c;
  const std::int64_t first_channel = k / (spec.out_channels / spec.groups) * channels;
  step.terms.reserve(static_cast<std::size_t>(channels * spec.kernel_size.h * spec.kernel_size.w));
  for (std::int64_t c = 0; c < channels; ++c) {
    double channel_sum = 0.0;
    for (std::int64_t i = 0; i < spec.kernel_size.h; ++i) {
      for (std::int64_t j = 0; j < spec.kernel_size.w; ++j) {
        step.terms.push_back(term_at(layer, step, first_channel + c, {k, c, i, j}));
        channel_sum += step.terms.back().product;
      }
    }
    step.partial_sums.push_back(one_nan(channel_sum));
    step.value += channel_sum;
  }
  if (!layer.bias.empty()) {
    step.bias = layer.bias.at({0, 0, 0, k});
    step.value += step.bias;
  }
}

void add_window(Step& step, const StepLayer& layer) {
  const Size2 kernel = layer.spec.kernel_size;
  step.terms.reserve(static_cast<std::size_t>(kernel.h * kernel.w));
  for (std::int64_t i = 0; i < kernel.h; ++i) {
    for (std::int64_t j = 0; j < kernel.w; ++j) {
      const std::int64_t map = step.output_at.c;
      step.terms.push_back(term_at(layer, step, map, {map, 0, i, j}));
    }
  }
}

void add_cell(Step& step, const StepLayer& layer, std::int64_t channel, std::int64_t i,
              std::int64_t j) {
  step.terms = {term_at(layer, step, channel, {step.output_at.c, 0, i, j})};
}

void finish(Step& step, Fold fold, double combined, double divisor) {
  step.fold = fold;
  step.divisor = divisor;
  step.partial_sums = {one_nan(combined)};
  step.value = combined / divisor;
}

}  // namespace convscope::conv
