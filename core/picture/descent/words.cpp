#include <algorithm>
#include <cmath>

#include "core/lesson/formula.h"
#include "core/picture/descent/stage.h"
#include "core/picture/kit/number_text.h"

namespace convscope::picture::descent {

namespace {

// What stands above a plane: its name in its hue, and quietly more, as far as there is room.
struct Caption {
  std::string name;
  std::string detail;
  Rgba color;
};

bool one_dimensional(const DescentStage& stage) {
  return session::scene_of(stage.session).layers.front().one_dimensional;
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

Caption caption_of(const kit::Brush& brush, const DescentStage& stage, DescentPlane plane) {
  const Palette& palette = brush.palette;
  const lesson::Locale& locale = brush.locale;
  const bool flat = one_dimensional(stage);
  const Shape& in = stage.layer.input.shape();
  const Shape& weight = stage.layer.weight.shape();
  const Shape& map = stage.layer.output_shape;
  const std::string input_index = slice_text(in.n * in.c, stage.slice.batch, stage.input_channel());
  const std::string map_index = slice_text(map.n * map.c, stage.slice.batch, stage.slice.filter);
  const std::string filter_index =
      slice_text(weight.n * weight.c, stage.slice.filter, stage.slice.channel);
  switch (plane) {
    case DescentPlane::kInput:
      return {session::scene_of(stage.session).input_name,
              input_index.empty() ? lesson::shape_text(in, flat) : input_index, palette.input.text};
    case DescentPlane::kSlid:
      return {session::scene_of(stage.session).input_name, input_index, palette.input.text};
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
      return {"2/" + std::to_string(stage.count()) + " · " + locale.text("stage.error"), "",
              palette.output.text};
    case DescentPlane::kGradient:
      return {"dL/dw", filter_index, palette.weight.text};
    case DescentPlane::kStep:
      return {locale.text("stage.training_step"), "= " + step_formula(stage.history.optimizer),
              palette.weight.text};
    case DescentPlane::kAfter:
      return {locale.text("stage.weight_after"), "", palette.weight.text};
    case DescentPlane::kGoal:
      return {locale.text("stage.weight_sought"), "", palette.weight.text};
  }
  return {};
}

// The top of a plane with its padding.
Rect padded(const DescentStage& stage, DescentPlane which) {
  const flat::Plane& plane = stage.layout.plane(which);
  if (!is_input(which)) {
    return plane.rect;
  }
  const conv::Pads& pads = stage.layer.pads;
  return plane.cells(-static_cast<double>(pads.top), -static_cast<double>(pads.left),
                     static_cast<double>(plane.h + pads.top + pads.bottom),
                     static_cast<double>(plane.w + pads.left + pads.right));
}

// Centred above the plane; the detail goes first where both are too wide, then the name shrinks.
void draw_caption(kit::Brush& brush, const DescentStage& stage, DescentPlane which) {
  const Caption caption = caption_of(brush, stage, which);
  const Rect rect = padded(stage, which);
  const float size = stage.layout.caption_size;
  const float room = std::max(rect.w + stage.layout.gap * 0.85F, 1.0F);
  const float space = caption.detail.empty() ? 0 : size * 0.4F;
  const float name = brush.metrics.width(caption.name, Font::kSansBold, size);
  const float detail = brush.metrics.width(caption.detail, Font::kSans, size);
  const bool both = name + space + detail <= room;
  const float shrunk = both ? 1 : std::clamp(room / name, 0.72F, 1.0F);
  const float width = both ? name + space + detail : name * shrunk;
  const float y = rect.y - size * 0.55F;
  const float x = rect.center().x - width / 2;
  brush.text({x, y}, caption.name, Font::kSansBold, size * shrunk, caption.color);
  if (both && !caption.detail.empty()) {
    brush.text({x + name + space, y}, caption.detail, Font::kSans, size, brush.palette.text_dim);
  }
}

// Signs that make each row read as what it is.
void draw_sign(kit::Brush& brush, const DescentStage& stage, const Rect& a, const Rect& b,
               const std::string& sign) {
  const bool star = sign == "⋆";  // small for its size
  const float size = std::min(brush.text_size(26), stage.layout.gap * 0.6F) * (star ? 1.5F : 1);
  brush.centered_text({a.right(), a.center().y - size, b.x - a.right(), 2 * size}, sign,
                      Font::kSans, size, brush.palette.text_dim);
}

// The mean of the squared errors, as a number behind them.
void draw_loss(kit::Brush& brush, const DescentStage& stage) {
  const Rect& place = stage.layout.loss;
  const float size = stage.layout.caption_size;
  const bool known = stage.moment.compared >= 1;
  const Point middle = place.center();
  const std::string value = known ? descent_number(stage.moment.step.loss) : "…";
  const float large =
      std::min(size * 1.75F,
               place.w * 0.98F / std::max(brush.metrics.width(value, Font::kSansBold, 1), 1.0F));
  brush.text({middle.x, middle.y - large * 0.95F}, brush.locale.text("stage.loss"), Font::kSansBold,
             size, brush.palette.accent, Align::kCenter);
  brush.text({middle.x, middle.y + large * 0.35F}, value, Font::kSansBold, large,
             brush.palette.text, Align::kCenter);
  const std::string& meaning = brush.locale.text("stage.mean_of_squares");
  const float wanted = brush.metrics.width(meaning, Font::kSans, size * 0.9F);
  const float shrunk = std::clamp((place.w + stage.layout.gap) / wanted, 0.6F, 1.0F);
  brush.text({middle.x, middle.y + large * 0.35F + size * 1.6F}, meaning, Font::kSans,
             size * 0.9F * shrunk, brush.palette.text_dim, Align::kCenter);
}

void draw_bias(kit::Brush& brush, const DescentStage& stage, DescentPlane below,
               const std::string& text, bool known) {
  if (stage.layout.bias_line <= 0 || !known) {
    return;
  }
  const auto index = static_cast<std::size_t>(below);
  const Rect rect = stage.layout.planes[index].rect;
  const auto& others = stage.layout.others[index];
  const float bottom = others.empty() ? rect.bottom() : others.back().plane.rect.bottom();
  brush.text({rect.center().x, bottom + stage.layout.caption_size * 1.35F}, text, Font::kSans,
             stage.layout.caption_size, brush.palette.bias.text, Align::kCenter);
}

void draw_biases(kit::Brush& brush, const DescentStage& stage) {
  const DescentMoment& moment = stage.moment;
  if (moment.state.bias.empty()) {
    return;
  }
  const auto filter = static_cast<std::size_t>(stage.slice.filter);
  draw_bias(brush, stage, DescentPlane::kWeight,
            "+ bias " + descent_number(moment.state.bias[filter]), true);
  draw_bias(brush, stage, DescentPlane::kGradient,
            "dL/db = " + descent_number(moment.step.grad_bias.values()[filter]),
            moment.differentiated >= 1);
  if (moment.after) {
    draw_bias(brush, stage, DescentPlane::kAfter,
              "bias " + descent_number(moment.after->bias[filter]), moment.updated >= 1);
  }
  if (stage.goal && !stage.layer.bias.empty()) {
    draw_bias(brush, stage, DescentPlane::kGoal,
              "bias " + descent_number(stage.layer.bias.values()[filter]), true);
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

void draw_descent_words(kit::Brush& brush, const DescentStage& stage) {
  for (std::size_t i = 0; i < kDescentPlanes; ++i) {
    const auto which = static_cast<DescentPlane>(i);
    if (which != DescentPlane::kGoal || stage.goal) {
      draw_caption(brush, stage, which);
    }
  }
  const auto sign = [&](DescentPlane left, DescentPlane right, const char* text) {
    draw_sign(brush, stage, padded(stage, left), padded(stage, right), text);
  };
  sign(DescentPlane::kInput, DescentPlane::kWeight, "⋆");
  sign(DescentPlane::kWeight, DescentPlane::kPrediction, "=");
  sign(DescentPlane::kPrediction, DescentPlane::kTarget, "−");
  sign(DescentPlane::kTarget, DescentPlane::kError, "=");
  sign(DescentPlane::kSlid, DescentPlane::kScaled, "⋆");
  sign(DescentPlane::kScaled, DescentPlane::kGradient, "=");
  sign(DescentPlane::kGradient, DescentPlane::kStep, "→");
  sign(DescentPlane::kStep, DescentPlane::kAfter, "→");
  draw_sign(brush, stage, padded(stage, DescentPlane::kError), stage.layout.loss, "→");
  draw_loss(brush, stage);
  draw_biases(brush, stage);
}

}  // namespace convscope::picture::descent
