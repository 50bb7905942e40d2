#include "core/conv/analysis/step.h"

#include <cassert>
#include <cmath>
#include <limits>
#include <optional>

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/rounding.h"
#include "core/conv/window_axis.h"

namespace convscope::conv {

namespace {

struct Layer {
  const Tensor& input;
  const Tensor& weight;
  const Tensor& bias;
  LayerSpec spec;  // fitted
  WindowAxes axes;
};

// The term of tap (i, j) in channel `channel` of the window; `weight_at` as it lies on the
// equivalent.
Term term_at(const Layer& layer, const Step& step, std::int64_t channel, const Index& weight_at) {
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
  // A convolution multiplies the zeros of its padding (0 · infinity is NaN, as libraries have it).
  // The zeros of a transposed one only stand for stamps that aren't there.
  const bool absent = !term.has_source && layer.spec.op == Op::kConvTranspose;
  term.product = absent ? 0.0 : one_nan(static_cast<double>(term.input) * term.weight);
  return term;
}

// Convolution, transposed or not.
void add_products(Step& step, const Layer& layer) {
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

void add_window(Step& step, const Layer& layer) {
  const Size2 kernel = layer.spec.kernel_size;
  step.terms.reserve(static_cast<std::size_t>(kernel.h * kernel.w));
  for (std::int64_t i = 0; i < kernel.h; ++i) {
    for (std::int64_t j = 0; j < kernel.w; ++j) {
      const std::int64_t map = step.output_at.c;
      step.terms.push_back(term_at(layer, step, map, {map, 0, i, j}));
    }
  }
}

void fold_max(Step& step) {
  step.fold = Fold::kMax;
  step.value = -std::numeric_limits<double>::infinity();
  for (std::size_t t = 0; t < step.terms.size(); ++t) {
    Term& term = step.terms[t];
    term.counted = term.has_source;
    const bool larger = term.product > step.value || std::isnan(term.product);
    if (term.counted && (step.winner < 0 || (larger && !std::isnan(step.value)))) {
      step.winner = static_cast<std::int64_t>(t);
      step.value = term.product;
    }
  }
}

void fold_mean(Step& step, const Layer& layer) {
  step.fold = Fold::kMean;
  double count = 0;
  for (Term& term : step.terms) {
    const bool in_padding = term.input_at.y < layer.axes.rows.padded_end &&
                            term.input_at.x < layer.axes.columns.padded_end;
    term.counted = term.has_source || (layer.spec.count_include_pad && in_padding);
    count += term.counted ? 1 : 0;
    step.value += term.product;
  }
  const auto override = static_cast<double>(layer.spec.divisor_override);
  step.divisor = override > 0 ? override : count;
}

void fold_unfold(Step& step, const Layer& layer) {
  step.fold = Fold::kCopy;
  const Size2 kernel = layer.spec.kernel_size;
  const std::int64_t row = step.output_at.c;
  const std::int64_t tap = row % (kernel.h * kernel.w);
  step.terms = {
      term_at(layer, step, row / (kernel.h * kernel.w), {row, 0, tap / kernel.w, tap % kernel.w})};
  step.value = step.terms[0].product;
}

void fold_relu(Step& step) {
  step.fold = Fold::kRelu;
  const double value = step.terms[0].product;
  step.value = value > 0 || std::isnan(value) ? value : 0.0;
}

void fold(Step& step, const Layer& layer) {
  switch (layer.spec.op) {
    case Op::kConv:
    case Op::kConvTranspose:
      add_products(step, layer);
      return;
    case Op::kMaxPool:
      add_window(step, layer);
      fold_max(step);
      break;
    case Op::kAvgPool:
      add_window(step, layer);
      fold_mean(step, layer);
      break;
    case Op::kUnfold:
      fold_unfold(step, layer);
      break;
    case Op::kRelu:
      add_window(step, layer);
      fold_relu(step);
      break;
  }
  step.partial_sums = {one_nan(step.value)};
  step.value /= step.divisor;
}

}  // namespace

Index output_index(const Shape& output, std::int64_t position) {
  const std::int64_t row = position / output.w;
  const std::int64_t map = row / output.h;
  return {map / output.c, map % output.c, row % output.h, position % output.w};
}

std::int64_t position_of(const Shape& output, const Index& at) { return offset_of(output, at); }

Step step_at(const Tensor& input, const Tensor& weight, const Tensor& bias, const LayerSpec& spec,
             std::int64_t position) {
  assert(problems(spec, input.shape()).empty());
  assert(weight.shape() == weight_shape(spec));
  const Shape output = output_shape(spec, input.shape());
  assert(position >= 0 && position < output.count());
  const Layer layer = {input, weight, bias, fitted(spec, input.shape()),
                       window_axes(spec, input.shape())};
  Step step;
  step.position = position;
  step.output_at = output_index(output, position);
  step.window_y = layer.axes.rows.start(step.output_at.y);
  step.window_x = layer.axes.columns.start(step.output_at.x);
  step.window = dilated_kernel(layer.spec);
  fold(step, layer);
  step.value = one_nan(step.value);
  return step;
}

}  // namespace convscope::conv
