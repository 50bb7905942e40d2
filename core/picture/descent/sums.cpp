#include <algorithm>
#include <cmath>

#include "core/conv/padding.h"
#include "core/picture/descent/context.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/runs.h"

namespace convscope::picture::descent {

namespace {

// A summand keeps its sign: "3·(−1)".
std::string factor(double value) {
  const std::string text = descent_number(value);
  return value < 0 ? "(" + text + ")" : text;
}

std::string power_of(double base, std::int64_t exponent) {
  return kit::number_text(base, 8) + "^" + std::to_string(exponent);
}

// The tinted product of every place of the map with the cell that the weight meets there.
std::vector<kit::Runs> gradient_terms(const kit::Canvas& canvas, const Context& context,
                                      const Index& weight, std::size_t most) {
  const conv::LayerSpec& spec = context.layer.spec;
  const Shape& map = context.layer.output_shape;
  const std::int64_t tap_y = spec.flip ? spec.kernel_size.h - 1 - weight.y : weight.y;
  const std::int64_t tap_x = spec.flip ? spec.kernel_size.w - 1 - weight.x : weight.x;
  const std::int64_t channel =
      weight.n / (spec.out_channels / spec.groups) * (spec.in_channels / spec.groups) + weight.c;
  std::vector<kit::Runs> terms;
  for (std::int64_t i = 0; i < map.n * map.h * map.w && terms.size() < most; ++i) {
    const Index out = {i / (map.h * map.w), weight.n, i / map.w % map.h, i % map.w};
    const Index in = {out.n, channel,
                      out.y * spec.stride.h + tap_y * spec.dilation.h - context.layer.pads.top,
                      out.x * spec.stride.w + tap_x * spec.dilation.w - context.layer.pads.left};
    const Palette& palette = canvas.palette;
    terms.push_back(
        {{terms.empty() ? "" : " + ", palette.text_dim},
         {factor(conv::padded_value(context.moment.input, in, context.layer.spec.padding_mode)),
          palette.input.text},
         {"·", palette.text_dim},
         {factor(context.moment.step.grad_out.at(out)), palette.output.text}});
  }
  return terms;
}

std::string place_text(const Index& at) {
  return "[" + std::to_string(at.n) + "," + std::to_string(at.c) + "," + std::to_string(at.y) +
         "," + std::to_string(at.x) + "]";
}

// dL/dw[...] = x·e + x·e + ... = value; what does not fit is left out before the result.
void draw_gradient_line(kit::Canvas& canvas, const Context& context, Point at, float size,
                        float room) {
  constexpr std::size_t kMostTerms = 64;
  const Palette& palette = canvas.palette;
  const Index weight = focus_weight(context);
  const kit::Runs label = {{"dL/dw" + place_text(weight), palette.weight.text, Font::kSansBold},
                           {" = ", palette.text_dim}};
  const double value = context.moment.step.grad_weight.at(weight);
  const kit::Runs result = {{" = ", palette.text_dim},
                            {descent_number(value), palette.weight.text, Font::kSansBold}};
  const kit::Run cut = {" + …", palette.text_dim};
  const auto count = static_cast<std::size_t>(context.count() / context.layer.output_shape.c);
  const float fixed = kit::width_of(canvas, label, size) + kit::width_of(canvas, result, size);
  const float mark = kit::width_of(canvas, {cut}, size);
  at.x = kit::draw_runs(canvas, label, at, size);
  float left = room - fixed;
  std::size_t drawn = 0;
  const std::vector<kit::Runs> terms = gradient_terms(canvas, context, weight, kMostTerms);
  for (const kit::Runs& term : terms) {
    const float width = kit::width_of(canvas, term, size);
    const bool last = drawn + 1 == count;
    if (width + (last ? 0 : mark) > left) {
      break;
    }
    at.x = kit::draw_runs(canvas, term, at, size);
    left -= width;
    ++drawn;
  }
  if (drawn < count) {
    at.x = kit::draw_runs(canvas, {cut}, at, size);
  }
  kit::draw_runs(canvas, result, at, size);
}

// What the optimizer keeps about a weight; zeros before the first step.
double kept(const std::vector<double>& values, std::size_t i) {
  return i < values.size() ? values[i] : 0.0;
}

kit::Runs adam_words(const kit::Canvas& canvas, const Context& context, std::size_t i,
                     double gradient) {
  const Palette& palette = canvas.palette;
  const conv::Optimizer& o = context.history.optimizer;
  const DescentMoment& moment = context.moment;
  const std::int64_t t = moment.state.step + 1;
  const double first = moment.after->first[i] / (1 - std::pow(o.beta1, static_cast<double>(t)));
  const double second = moment.after->second[i] / (1 - std::pow(o.beta2, static_cast<double>(t)));
  const auto mean = [&](double beta, double before, const std::string& g, double after) {
    return "(" + kit::number_text(beta, 8) + "·" + factor(before) + " + " +
           kit::number_text(1 - beta, 8) + "·" + g + ") / (1 − " + power_of(beta, t) +
           ") = " + descent_number(after);
  };
  return {
      {"m′", palette.weight.text, Font::kSansBold},
      {" = " + mean(o.beta1, kept(moment.state.first, i), factor(gradient), first) + ",   ",
       palette.text_dim},
      {"v′", palette.weight.text, Font::kSansBold},
      {" = " + mean(o.beta2, kept(moment.state.second, i), factor(gradient) + "²", second) + ",   ",
       palette.text_dim},
      {"w − lr·m′/(√v′ + ε)", palette.weight.text, Font::kSansBold},
      {" = " + descent_number(moment.state.weight[i]) + " − " + kit::number_text(o.lr, 7) + "·" +
           factor(first) + "/" + descent_number(std::sqrt(second) + o.eps) + " = ",
       palette.text_dim},
      {descent_number(moment.after->weight[i]), palette.weight.text, Font::kSansBold}};
}

kit::Runs sgd_words(const kit::Canvas& canvas, const Context& context, std::size_t i,
                    double gradient) {
  const Palette& palette = canvas.palette;
  const conv::Optimizer& o = context.history.optimizer;
  const DescentMoment& moment = context.moment;
  kit::Runs words;
  const double velocity = moment.after->first[i];
  const bool momentum = o.momentum != 0;
  if (momentum) {
    words = {{"v", palette.weight.text, Font::kSansBold},
             {" = " + kit::number_text(o.momentum, 8) + "·" + factor(kept(moment.state.first, i)) +
                  " + " + factor(gradient) + " = " + descent_number(velocity) + ",    ",
              palette.text_dim}};
  }
  const kit::Runs update = {
      {momentum ? "w − lr·v" : "w − lr·dL/dw", palette.weight.text, Font::kSansBold},
      {" = " + descent_number(moment.state.weight[i]) + " − " + kit::number_text(o.lr, 7) + "·" +
           factor(velocity) + " = ",
       palette.text_dim},
      {descent_number(moment.after->weight[i]), palette.weight.text, Font::kSansBold}};
  words.insert(words.end(), update.begin(), update.end());
  return words;
}

void draw_update_line(kit::Canvas& canvas, const Context& context, Point at, float size,
                      float room) {
  const Index weight = focus_weight(context);
  const auto i = static_cast<std::size_t>(offset_of(context.layer.weight.shape(), weight));
  const double gradient = context.moment.step.grad_weight.at(weight);
  const kit::Runs words = context.history.optimizer.kind == conv::Optimizer::Kind::kAdam
                              ? adam_words(canvas, context, i, gradient)
                              : sgd_words(canvas, context, i, gradient);
  kit::draw_shrunk(canvas, words, at, size, room);
}

}  // namespace

void draw_descent_sums(kit::Canvas& canvas, const Context& context) {
  const Rect& rect = context.layout.sums;
  if (rect.h <= 0) {
    return;
  }
  const float size = context.layout.caption_size * 1.08F;
  canvas.add(ClipBegin{rect});
  if (context.moment.differentiated > 0) {
    draw_gradient_line(canvas, context, {rect.x, rect.y + rect.h * 0.4F}, size, rect.w);
  }
  if (context.moment.after && context.moment.updated > 0) {
    draw_update_line(canvas, context, {rect.x, rect.y + rect.h * 0.88F}, size, rect.w);
  }
  canvas.add(ClipEnd{});
}

}  // namespace convscope::picture::descent
