#include <algorithm>
#include <cmath>
#include <optional>

#include "core/lesson/formula.h"
#include "core/picture/descent/context.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/runs.h"

namespace convscope::picture::descent {

namespace {

// The caption of a plane: its name in its hue, then details in grey where there is room.
struct Caption {
  std::string name;
  std::string detail;
  Rgba color;
};

bool one_dimensional(const Context& context) {
  return session::scene_of(context.session).layers[context.moment.layer].one_dimensional;
}

// "[0, 2]": which slice of a tensor of several is shown.
std::string slice_text(std::int64_t count, std::int64_t n, std::int64_t c) {
  return count > 1 ? "[" + std::to_string(n) + ", " + std::to_string(c) + "]" : "";
}

std::string step_formula(const conv::Optimizer& optimizer) {
  const std::string lr = kit::number_text(optimizer.lr, 7);
  if (optimizer.kind == conv::Optimizer::Kind::kAdam) {
    return lr + "·m′/√v′";
  }
  return lr + (optimizer.momentum != 0 ? "·v" : "·dL/dw");
}

// Later layers take the map z of the one before, through a ReLU if one stands between.
std::string input_name(const Context& context) {
  const std::size_t layer = context.moment.layer;
  if (layer == 0) {
    return session::scene_of(context.session).input_name;
  }
  return context.history.chain[layer - 1].op == conv::Op::kRelu ? "ReLU(z)" : "z";
}

// Of a layer whose map z another layer takes: no target, but what flows back to it.
std::optional<Caption> hidden_caption(const kit::Canvas& canvas, const Context& context,
                                      DescentPlane plane, const std::string& index) {
  const bool relu = !context.moment.passed.empty();
  const Rgba color = canvas.palette.output.text;
  switch (plane) {
    case DescentPlane::kPrediction:
      return Caption{"z", relu ? canvas.locale.text("stage.before_relu") : index, color};
    case DescentPlane::kTarget:
      return Caption{"dL/dReLU(z)", index, color};
    case DescentPlane::kError:
      return Caption{"dL/dz", relu ? canvas.locale.text("stage.zero_below") : index, color};
    case DescentPlane::kScaled:
      return Caption{"dL/dz", index, color};
    default:
      return std::nullopt;
  }
}

Caption caption_of(const kit::Canvas& canvas, const Context& context, DescentPlane plane) {
  const Palette& palette = canvas.palette;
  const lesson::Locale& locale = canvas.locale;
  const bool flat = one_dimensional(context);
  const Shape& in = context.layer.input.shape();
  const Shape& weight = context.layer.weight.shape();
  const Shape& map = context.layer.output_shape;
  const std::string input_index =
      slice_text(in.n * in.c, context.slice.batch, context.input_channel());
  const std::string map_index =
      slice_text(map.n * map.c, context.slice.batch, context.slice.filter);
  const std::string filter_index =
      slice_text(weight.n * weight.c, context.slice.filter, context.slice.channel);
  if (context.moment.hidden) {
    if (const std::optional<Caption> hidden = hidden_caption(canvas, context, plane, map_index)) {
      return *hidden;
    }
  }
  switch (plane) {
    case DescentPlane::kInput:
      return {input_name(context), input_index.empty() ? lesson::shape_text(in, flat) : input_index,
              palette.input.text};
    case DescentPlane::kSlid:
      return {input_name(context), input_index, palette.input.text};
    case DescentPlane::kWeight:
      return {"weight", filter_index.empty() ? lesson::shape_text(weight, flat) : filter_index,
              palette.weight.text};
    case DescentPlane::kPrediction:
      return {
          locale.text("stage.prediction"),
          weight.c > 1 ? locale.text("stage.sum_over_channels", {{"count", weight.c}}) : map_index,
          palette.output.text};
    case DescentPlane::kTarget:
      return {locale.text("stage.target"), map_index, palette.output.text};
    case DescentPlane::kError:
      return {locale.text("stage.error"), map_index, palette.output.text};
    case DescentPlane::kScaled:
      return {"2/" + std::to_string(context.count()) + " · " + locale.text("stage.error"), "",
              palette.output.text};
    case DescentPlane::kGradient:
      return {"dL/dw", filter_index, palette.weight.text};
    case DescentPlane::kStep:
      return {locale.text("stage.training_step"), "= " + step_formula(context.history.optimizer),
              palette.weight.text};
    case DescentPlane::kAfter:
      return {locale.text("stage.weight_after"), "", palette.weight.text};
    case DescentPlane::kGoal:
      return {locale.text("stage.weight_sought"), "", palette.weight.text};
  }
  return {};
}

// The top of a plane with its padding.
Rect padded(const Context& context, DescentPlane which) {
  const kit::Plane& plane = context.layout.plane(which);
  if (!is_input(which)) {
    return plane.rect;
  }
  const conv::Pads& pads = context.layer.pads;
  return plane.with(pads);
}

// Centred above the plane; the detail goes first where both are too wide, then the name shrinks.
void draw_caption(kit::Canvas& canvas, const Context& context, DescentPlane which) {
  const Caption caption = caption_of(canvas, context, which);
  const Rect rect = padded(context, which);
  const float size = context.layout.caption_size;
  const kit::Run name = kit::bold(caption.name, caption.color);
  std::vector<kit::Runs> ways = {{name}};
  if (!caption.detail.empty()) {
    ways.insert(ways.begin(), {name, kit::space(), {caption.detail, canvas.palette.text_dim}});
  }
  kit::draw_best(canvas, ways, {rect.center().x, rect.y - size * 0.55F}, size,
                 rect.w + context.layout.gap * 0.85F, Align::kCenter, 0.72F);
}

// Signs between the planes, so that each row reads as a formula.
void draw_sign(kit::Canvas& canvas, const Context& context, const Rect& a, const Rect& b,
               const std::string& sign) {
  const bool star = sign == "⋆";  // this glyph is small
  const float size = std::min(canvas.text_size(26), context.layout.gap * 0.6F) * (star ? 1.5F : 1);
  canvas.centered_text({a.right(), a.center().y - size, b.x - a.right(), 2 * size}, sign,
                       Font::kSans, size, canvas.palette.text_dim);
}

// The mean of the squared errors, as a number behind them.
void draw_loss(kit::Canvas& canvas, const Context& context) {
  const Rect& place = context.layout.loss;
  const float size = context.layout.caption_size;
  const bool known = context.moment.compared >= 1;
  const Point middle = place.center();
  const std::string value = known ? descent_number(context.moment.step.loss) : "…";
  const float large =
      std::min(size * 1.75F,
               place.w * 0.98F / std::max(canvas.metrics.width(value, Font::kSansBold, 1), 1.0F));
  canvas.text({middle.x, middle.y - large * 0.95F}, canvas.locale.text("stage.loss"),
              Font::kSansBold, size, canvas.palette.accent, Align::kCenter);
  canvas.text({middle.x, middle.y + large * 0.35F}, value, Font::kSansBold, large,
              canvas.palette.text, Align::kCenter);
  // Between the error and the end of the row.
  const Layout& layout = context.layout;
  const float left = middle.x - layout.plane(DescentPlane::kError).rect.right() - size * 0.3F;
  const float reach = std::min(left, layout.main.right() - middle.x);
  kit::draw_best(canvas, {{{canvas.locale.text("stage.mean_of_squares"), canvas.palette.text_dim}}},
                 {middle.x, middle.y + large * 0.35F + size * 1.6F}, size,
                 std::max(2 * reach, place.w + layout.gap), Align::kCenter);
}

void draw_bias(kit::Canvas& canvas, const Context& context, DescentPlane below,
               const std::string& text, bool known) {
  if (context.layout.bias_line <= 0 || !known) {
    return;
  }
  const auto index = static_cast<std::size_t>(below);
  const Rect rect = context.layout.planes[index].rect;
  const auto& others = context.layout.others[index];
  const float bottom = others.empty() ? rect.bottom() : others.back().plane.rect.bottom();
  canvas.text({rect.center().x, bottom + context.layout.caption_size * 1.35F}, text, Font::kSans,
              context.layout.caption_size, canvas.palette.bias.text, Align::kCenter);
}

void draw_biases(kit::Canvas& canvas, const Context& context) {
  const DescentMoment& moment = context.moment;
  if (moment.state.bias.empty()) {
    return;
  }
  const auto filter = static_cast<std::size_t>(context.slice.filter);
  draw_bias(canvas, context, DescentPlane::kWeight,
            "+ bias " + descent_number(moment.state.bias[filter]), true);
  draw_bias(canvas, context, DescentPlane::kGradient,
            "dL/db = " + descent_number(moment.step.grad_bias.values()[filter]),
            moment.differentiated >= 1);
  if (moment.after) {
    draw_bias(canvas, context, DescentPlane::kAfter,
              "bias " + descent_number(moment.after->bias[filter]), moment.updated >= 1);
  }
  if (context.goal && !context.layer.bias.empty()) {
    draw_bias(canvas, context, DescentPlane::kGoal,
              "bias " + descent_number(context.layer.bias.values()[filter]), true);
  }
}

}  // namespace

std::string descent_number(double value) {
  constexpr int kCharacters = 8;
  constexpr int kDecimals = 3;
  const double size = std::abs(value);
  if (!std::isfinite(value) || size < 0.01 || size >= 1e6) {
    return kit::number_text(value, kCharacters);
  }
  const int exponent = std::max(static_cast<int>(std::floor(std::log10(size))), 0);
  return kit::number_text(value, kit::NumberStyle{kCharacters, std::max(kDecimals - exponent, 0)});
}

void draw_descent_words(kit::Canvas& canvas, const Context& context) {
  for (std::size_t i = 0; i < kDescentPlanes; ++i) {
    const auto which = static_cast<DescentPlane>(i);
    if (context.shows(which)) {
      draw_caption(canvas, context, which);
    }
  }
  const auto sign = [&](DescentPlane left, DescentPlane right, const char* text) {
    draw_sign(canvas, context, padded(context, left), padded(context, right), text);
  };
  sign(DescentPlane::kInput, DescentPlane::kWeight, "⋆");
  sign(DescentPlane::kWeight, DescentPlane::kPrediction, "=");
  if (!context.moment.hidden) {
    sign(DescentPlane::kPrediction, DescentPlane::kTarget, "−");
    sign(DescentPlane::kTarget, DescentPlane::kError, "=");
    draw_sign(canvas, context, padded(context, DescentPlane::kError), context.layout.loss, "→");
  } else if (context.shows(DescentPlane::kTarget)) {
    sign(DescentPlane::kTarget, DescentPlane::kError, "→");
  }
  sign(DescentPlane::kSlid, DescentPlane::kScaled, "⋆");
  sign(DescentPlane::kScaled, DescentPlane::kGradient, "=");
  if (context.shows(DescentPlane::kStep)) {
    sign(DescentPlane::kGradient, DescentPlane::kStep, "→");
    sign(DescentPlane::kStep, DescentPlane::kAfter, "→");
  }
  draw_loss(canvas, context);
  draw_biases(canvas, context);
}

}  // namespace convscope::picture::descent
