#include "core/picture/sum/sum_lines.h"

#include <algorithm>
#include <cmath>

#include "core/conv/operators/operator.h"
#include "core/picture/kit/bands.h"
#include "core/picture/sum/sum_parts.h"

namespace convscope::picture::sum {

namespace {

const std::string kMinus = "\u2212";
constexpr std::int64_t kMaxChannelLines = 3;  // beyond, only the active channel is spelled out
constexpr std::int64_t kLongSum = 12;         // products; longer sums break at kernel rows
constexpr std::int64_t kMaxKernelLines = 5;

// Whether a lone channel's sum has a line per kernel row.
bool breaks_at_rows(const derive::LayerResult& layer) {
  const conv::Size2& kernel = layer.spec.kernel_size;
  if (conv::operator_of(layer.spec.op).one_cell) {
    return false;
  }
  return kernel.h * kernel.w > kLongSum && kernel.h > 1 && kernel.h <= kMaxKernelLines;
}

void add_term(const Sum& sum, std::int64_t i, bool first, std::vector<Token>& out) {
  const Palette& palette = sum.palette();
  const conv::Term& term = sum.step().terms[static_cast<std::size_t>(i)];
  const bool shown = sum.reached(i + 1);
  const Font font = sum.is_hot(i) ? Font::kSansBold : Font::kSans;
  // An inserted zero, or one of the padding, belongs to no stamp.
  const bool absent = conv::operator_of(sum.layer.spec.op).transposed() && !term.has_source;
  if (!first) {
    out.push_back({" + ", palette.text_dim, shown, Font::kSans, i, true});
  }
  const kit::NumberStyle& style = sum.writing.factor;
  const std::string input =
      first ? kit::number_text(term.input, style) : factor_text(term.input, style);
  const Rgba input_color = term.padding || absent ? palette.text_dim : palette.input.text;
  const Rgba weight_color = absent ? palette.text_dim : palette.weight.text;
  out.push_back({input, input_color, shown, font, i, first});
  out.push_back({"\u00B7", palette.text_dim, shown, font, i});
  out.push_back({factor_text(term.weight, style), weight_color, shown, font, i});
}

// a + b with the sign of b as the operator.
void add_signed(const Sum& sum, double value, Rgba color, bool first, bool shown,
                std::vector<Token>& out) {
  std::string text = kit::number_text(value, sum.writing.sum);
  if (!first) {
    const bool negative = text.starts_with(kMinus);
    out.push_back({negative ? " " + kMinus + " " : " + ", sum.palette().text_dim, shown,
                   Font::kSans, -1, true});
    if (negative) {
      text.erase(0, kMinus.size());
    }
  }
  out.push_back({text, color, shown, Font::kSans, -1, first});
}

// How well a 0/1 patch matches a 0/1 template: "4 of 5". Empty when the numbers are of another
// kind, and for a kernel of ones only: it sums or copies.
std::string match_text(const kit::Canvas& canvas, const derive::LayerResult& layer,
                       const conv::Step& step) {
  if (conv::operator_of(layer.spec.op).weight != conv::WeightLayout::kOutIn || layer.spec.bias ||
      step.partial_sums.size() != 1) {
    return {};
  }
  std::int64_t wanted = 0;
  for (const conv::Term& term : step.terms) {
    const bool binary =
        (term.weight == 0 || term.weight == 1) && (term.input == 0 || term.input == 1);
    if (!binary) {
      return {};
    }
    wanted += term.weight == 1 ? 1 : 0;
  }
  if (wanted == 0 || wanted == std::ssize(step.terms)) {
    return {};
  }
  const auto hits = static_cast<std::int64_t>(std::lround(step.value));
  return canvas.locale.text("stage.template_match", {{"hits", hits}, {"total", wanted}});
}

// The lines of a layer with one channel per filter.
std::vector<SumLine> single_channel_lines(const Sum& sum) {
  const conv::Step& step = sum.step();
  const std::int64_t row = terms_per_line(sum.layer, sum.terms());
  std::vector<SumLine> lines;
  for (std::int64_t i = 0; i < sum.terms(); ++i) {
    if (i % row == 0) {
      lines.emplace_back().column = false;
    }
    add_term(sum, i, i == 0, lines.back().tokens);
  }
  SumLine& last = lines.back();
  last.total = true;
  if (sum.layer.spec.bias) {
    add_signed(sum, step.bias, sum.palette().bias.text, false, sum.reached(sum.terms()),
               last.tokens);
  }
  add_result(sum,
             {step.value, sum.moment.total_shown, running_sum(step, 0, sum.moment.terms_shown),
              sum.climbing(0)},
             sum.palette().output.text, last.result);
  const std::string match = match_text(sum.canvas, sum.layer, step);
  if (!match.empty()) {
    last.result.push_back({"   " + match, sum.palette().text_dim, sum.moment.total_shown});
  }
  return lines;
}

SumLine channel_line(const Sum& sum, std::int64_t channel, std::int64_t input_channel) {
  SumLine line;
  const step::Moment& moment = sum.moment;
  const bool active = moment.active_channel < 0 || moment.active_channel == channel;
  line.label.push_back({sum.canvas.locale.text("stage.channel", {{"c", input_channel}}) + "   ",
                        active ? sum.palette().text : sum.palette().text_dim, true});
  const std::int64_t from = channel * sum.terms_per_channel();
  const std::int64_t to = from + sum.terms_per_channel();
  for (std::int64_t i = from; i < to; ++i) {
    add_term(sum, i, i == from, line.tokens);
  }
  add_result(sum,
             {sum.step().partial_sums[static_cast<std::size_t>(channel)], sum.reached(to),
              running_sum(sum.step(), from, std::min(moment.terms_shown, to)), sum.climbing(from)},
             sum.palette().text, line.result);
  return line;
}

// 308 - 498 + 164 + 1 = -25
SumLine total_line(const Sum& sum) {
  SumLine line;
  line.total = true;
  line.right = true;
  const conv::Step& step = sum.step();
  for (std::size_t c = 0; c < step.partial_sums.size(); ++c) {
    const bool shown = sum.reached(static_cast<std::int64_t>(c + 1) * sum.terms_per_channel());
    add_signed(sum, step.partial_sums[c], sum.palette().text, c == 0, shown, line.tokens);
  }
  if (sum.layer.spec.bias) {
    add_signed(sum, step.bias, sum.palette().bias.text, false, sum.reached(sum.terms()),
               line.tokens);
  }
  add_result(sum, {step.value, sum.moment.total_shown}, sum.palette().output.text, line.result);
  return line;
}

}  // namespace

Writing writing_of(const conv::Step& step) {
  const auto exact_term = [](const conv::Term& term) {
    return kit::is_exact_text(term.input, 6) && kit::is_exact_text(term.weight, 6);
  };
  const auto exact_sum = [](double sum) { return kit::is_exact_text(sum, 9); };
  const bool factors = std::all_of(step.terms.begin(), step.terms.end(), exact_term);
  const bool sums = factors &&
                    std::all_of(step.partial_sums.begin(), step.partial_sums.end(), exact_sum) &&
                    kit::is_exact_text(step.bias, 9) && kit::is_exact_text(step.value, 9);
  Writing writing;
  if (!factors) {
    writing.factor = {6, 2};
  }
  if (!sums) {
    writing.sum = {9, 2};
  }
  if (!factors || !sums) {
    writing.equals = " \u2248 ";
  }
  return writing;
}

std::string factor_text(double value, const kit::NumberStyle& style) {
  const std::string text = kit::number_text(value, style);
  const bool compound = text.starts_with(kMinus) || text.find('/') != std::string::npos;
  return compound ? "(" + text + ")" : text;
}

double running_sum(const conv::Step& step, std::int64_t from, std::int64_t to) {
  double sum = 0;
  for (std::int64_t i = from; i < to; ++i) {
    sum += step.terms[static_cast<std::size_t>(i)].product;
  }
  return sum;
}

void add_result(const Sum& sum, const Result& result, Rgba color, std::vector<Token>& out) {
  const Rgba dim = sum.palette().text_dim;
  const bool shown = result.complete || result.running_shown;
  const double value = result.complete ? result.value : result.running;
  out.push_back({sum.writing.equals, dim, shown});
  out.push_back({kit::number_text(value, sum.writing.sum), result.complete ? color : dim, shown,
                 Font::kSansBold});
}

bool Sum::is_hot(std::int64_t i) const {
  return i == moment.active_term ||
         std::find(lit.terms.begin(), lit.terms.end(), i) != lit.terms.end();
}

std::int64_t terms_per_line(const derive::LayerResult& layer, std::int64_t terms) {
  return breaks_at_rows(layer) ? layer.spec.kernel_size.w : terms;
}

std::int64_t sum_line_count(const derive::LayerResult& layer) {
  const std::int64_t channels = layer.input.shape().c / layer.spec.groups;
  if (channels > 1) {
    return channels <= kMaxChannelLines ? channels + 1 : 2;
  }
  return breaks_at_rows(layer) ? layer.spec.kernel_size.h : 1;
}

float sum_words(const derive::LayerResult& layer) {
  return kit::kBarLine * static_cast<float>(sum_line_count(layer));
}

float sum_bar_height(const derive::LayerResult& layer, const Viewport& viewport, float header,
                     float text_scale) {
  const float words = sum_words(layer) * viewport.scale * text_scale;
  return kit::foot_height(viewport, header, std::floor(words + 10 * viewport.scale));
}

kit::NumberStyle sum_style(const conv::Step& step) { return writing_of(step).sum; }

std::vector<SumLine> sum_lines(const kit::Canvas& canvas, const derive::LayerResult& layer,
                               const step::Moment& moment, const step::Highlight& lit,
                               session::Granularity granularity, std::string_view input_name) {
  const Sum sum{canvas, layer, moment, lit, granularity, writing_of(moment.step), input_name};
  if (!conv::has_weight(layer.spec.op)) {
    return fold_lines(sum);
  }
  const auto channels = static_cast<std::int64_t>(sum.step().partial_sums.size());
  if (channels <= 1) {
    return single_channel_lines(sum);
  }
  const std::int64_t filters_per_group = sum.layer.output_shape.c / sum.layer.spec.groups;
  const std::int64_t group = sum.step().output_at.c / filters_per_group;
  std::vector<SumLine> lines;
  std::int64_t first = 0;
  std::int64_t last = channels;
  if (channels > kMaxChannelLines) {
    first = std::max<std::int64_t>(sum.moment.active_channel, 0);
    last = first + 1;
  }
  for (std::int64_t c = first; c < last; ++c) {
    lines.push_back(channel_line(sum, c, group * channels + c));
  }
  lines.push_back(total_line(sum));
  return lines;
}

}  // namespace convscope::picture::sum
