#include <algorithm>
#include <array>
#include <cmath>

#include "core/picture/descent/context.h"
#include "core/picture/kit/cell_number.h"
#include "core/picture/kit/cell_plane.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::descent {

namespace {

constexpr float kLegibleCell = 15;    // at scale 1
constexpr float kSmallestNumber = 9;  // at scale 1
constexpr float kInactive = 0.6F;

// What a plane shows of which tensor.
struct Look {
  Tensor values;
  Tensor colors;  // the same without NaN, which has no colour
  ColorScale scale;
  session::TensorRole role;
  Rgba edge;
  double share = 1;
  float opacity = 1;
};

Tensor without_nan(const Tensor& tensor) {
  const auto is_nan = [](float value) { return std::isnan(value); };
  if (std::ranges::none_of(tensor.values(), is_nan)) {
    return tensor;
  }
  std::vector<float> values(tensor.values().begin(), tensor.values().end());
  std::ranges::replace_if(values, is_nan, 0.0F);
  return Tensor(tensor.shape(), std::move(values));
}

double largest_of(const std::vector<double>& values, std::size_t count) {
  double reach = 0;
  for (std::size_t i = 0; i < std::min(count, values.size()); ++i) {
    reach = std::isfinite(values[i]) ? std::max(reach, std::abs(values[i])) : reach;
  }
  return reach;
}

// The gradient of the first step: what the optimizer remembers after it.
double first_gradient(const Context& context) {
  const conv::DescentHistory& history = context.history;
  const conv::DescentState& after =
      history.states[std::min<std::size_t>(1, history.states.size() - 1)][context.moment.layer];
  const double kept = largest_of(after.first, after.weight.size());
  return history.optimizer.kind == conv::Optimizer::Kind::kAdam
             ? kept / (1 - history.optimizer.beta1)
             : kept;
}

double weight_reach(const Context& context) {
  const std::vector<double>& start = context.history.states.front()[context.moment.layer].weight;
  return std::max(context.goal ? largest(context.layer.weight) : 0,
                  largest_of(start, start.size()));
}

// How large the values of a plane get in a run that goes well. Colours and the size of numbers
// follow it, so that neither changes from step to step and an error is seen to fade.
double reach_of(const Context& context, DescentPlane plane) {
  const conv::DescentHistory& history = context.history;
  const DescentMoment& moment = context.moment;
  const double maps = std::max(moment.hidden ? moment.first_map : largest(history.target), 1e-6);
  const double grads = std::max(moment.first_grad, 1e-6);
  switch (plane) {
    case DescentPlane::kPrediction:
      return maps;
    case DescentPlane::kTarget:
    case DescentPlane::kError:
      return moment.hidden ? grads : maps;
    case DescentPlane::kScaled:
      return moment.hidden ? grads : 2 * maps / static_cast<double>(context.count());
    case DescentPlane::kGradient:
      return first_gradient(context);
    case DescentPlane::kStep:
      return history.optimizer.lr *
             (history.optimizer.kind == conv::Optimizer::Kind::kAdam ? 1 : first_gradient(context));
    default:
      return weight_reach(context);
  }
}

// Gradients are small for most of a run: their colours follow them down, but never below 2 % of
// the expected range.
double color_reach(const Context& context, DescentPlane plane, const Tensor& values) {
  constexpr double kFaintest = 0.02;
  const double reach = reach_of(context, plane);
  const bool flows_back = plane == DescentPlane::kTarget || plane == DescentPlane::kError ||
                          plane == DescentPlane::kScaled;
  const bool follows = plane == DescentPlane::kGradient || plane == DescentPlane::kStep ||
                       (context.moment.hidden && flows_back);
  return follows ? std::max(largest(values), kFaintest * reach) : reach;
}

// What the update subtracts.
Tensor step_of(const Context& context) {
  const DescentMoment& moment = context.moment;
  std::vector<float> values;
  for (std::size_t i = 0; i < moment.state.weight.size(); ++i) {
    values.push_back(static_cast<float>(moment.state.weight[i] - moment.after->weight[i]));
  }
  return Tensor(context.layer.weight.shape(), std::move(values));
}

Tensor tensor_of(const Context& context, DescentPlane plane) {
  const DescentMoment& moment = context.moment;
  switch (plane) {
    case DescentPlane::kInput:
    case DescentPlane::kSlid:
      return moment.input;
    case DescentPlane::kWeight:
      return conv::weight_of(moment.state, context.layer.spec);
    case DescentPlane::kPrediction:
      return moment.step.prediction;
    case DescentPlane::kTarget:
      return moment.hidden ? moment.passed : context.history.target;
    case DescentPlane::kError:
      return moment.hidden ? moment.step.grad_out : moment.step.error;
    case DescentPlane::kScaled:
      return moment.step.grad_out;
    case DescentPlane::kGradient:
      return moment.step.grad_weight;
    case DescentPlane::kStep:
      return moment.after ? step_of(context) : Tensor();
    case DescentPlane::kAfter:
      return moment.after ? conv::weight_of(*moment.after, context.layer.spec) : Tensor();
    case DescentPlane::kGoal:
      return context.layer.weight;
  }
  return {};
}

// Cells of the trained filter can be pointed at, those of the filter to be found also edited.
session::TensorRole role_of(const Context& context, DescentPlane plane) {
  if (is_input(plane)) {
    return session::TensorRole::kInput;
  }
  if (plane == DescentPlane::kTarget && !context.moment.hidden) {
    return session::TensorRole::kTarget;
  }
  if (plane == DescentPlane::kGoal) {
    return session::TensorRole::kWeight;
  }
  return is_map(plane) ? session::TensorRole::kOutput : session::TensorRole::kProduct;
}

double share_of(const DescentMoment& moment, DescentPlane plane) {
  switch (plane) {
    case DescentPlane::kPrediction:
      return moment.predicted;
    case DescentPlane::kTarget:
      return moment.hidden ? moment.compared : 1;
    case DescentPlane::kError:
    case DescentPlane::kScaled:
      return moment.compared;
    case DescentPlane::kGradient:
      return moment.differentiated;
    case DescentPlane::kStep:
    case DescentPlane::kAfter:
      return moment.after ? moment.updated : 0;
    default:
      return 1;
  }
}

Look look_of(const Palette& palette, const Context& context, DescentPlane plane) {
  Look look;
  look.values = tensor_of(context, plane);
  look.colors = without_nan(look.values);
  look.role = role_of(context, plane);
  look.share = share_of(context.moment, plane);
  if (is_input(plane)) {
    look.scale = kit::slice_scale(context.look, context.layer, context.input_channel(), palette);
    look.edge = palette.input.line;
  } else {
    const auto reach = static_cast<float>(color_reach(context, plane, look.values));
    look.scale = kit::diverging_scale({-reach, reach}, palette);
    look.edge = is_map(plane) ? palette.output.line : palette.weight.line;
  }
  return look;
}

kit::PlaneStyle style_of(const Look& look, std::int64_t n, std::int64_t c) {
  kit::PlaneStyle style{
      .tensor = look.colors, .n = n, .c = c, .scale = look.scale, .role = look.role};
  style.opacity = look.opacity;
  if (look.share < 1) {
    const Shape& shape = look.colors.shape();
    style.revealed =
        static_cast<std::int64_t>(look.share * static_cast<double>(shape.h * shape.w) + 0.5);
  }
  return style;
}

// Where numbers change from frame to frame, their size follows what they may become.
kit::NumberFit fit_to_reach(const kit::Canvas& canvas, float cell, double reach) {
  const int exponent =
      std::clamp(static_cast<int>(std::floor(std::log10(std::max(reach, 1e-9)))), -2, 5);
  const std::string digits(static_cast<std::size_t>(std::max(exponent, 0) + 1), '0');
  const auto fitting = [&](const std::string& text, int decimals) {
    const float widest = canvas.metrics.width(text, Font::kSans, 1);
    const float size = std::min(cell * 0.42F, cell * 0.86F / widest);
    const int characters = std::max(static_cast<int>(text.size()) - 2, 5);  // the minus has three
    return size < kSmallestNumber * canvas.scale
               ? kit::NumberFit{}
               : kit::NumberFit{std::floor(size * 2) / 2, {characters, decimals}, 1};
  };
  const int most = exponent >= 2 ? 1 : std::clamp(1 - exponent, 2, 3);
  for (int decimals = most; decimals > 0; --decimals) {
    const std::string zeros(static_cast<std::size_t>(decimals), '0');
    if (const kit::NumberFit fit = fitting("\u2212" + digits + "." + zeros, decimals);
        fit.size > 0) {
      return fit;
    }
  }
  const kit::NumberFit whole = fitting("\u2212" + digits, 0);
  return whole.size > 0 ? whole : fitting("\u22120e0", 0);
}

bool is_steady(const Context& context, DescentPlane plane) {
  return is_input(plane) || (plane == DescentPlane::kTarget && !context.moment.hidden);
}

// The smallest size that any trained plane needs, for all of them.
float common_size(const kit::Canvas& canvas, const Context& context) {
  float common = 0;
  for (std::size_t i = 0; i < kDescentPlanes; ++i) {
    const auto which = static_cast<DescentPlane>(i);
    const kit::Plane& plane = context.layout.plane(which);
    if (!is_steady(context, which) && plane.cell >= kLegibleCell * canvas.scale) {
      const float size = fit_to_reach(canvas, plane.cell, reach_of(context, which)).size;
      common = common > 0 && size > 0 ? std::min(common, size) : std::max(common, size);
    }
  }
  return common;
}

// A number that needs more room than its cell has is rounded, at last to a power of ten, then it
// shrinks.
void draw_number(kit::Canvas& canvas, const Rect& cell, double value, const kit::NumberFit& fit,
                 Rgba ink) {
  const auto fits = [&](const std::string& text) {
    return canvas.metrics.width(text, Font::kSans, fit.size) <= cell.w * 0.94F;
  };
  std::string text = kit::number_text(value, fit.style);
  if (!fits(text)) {
    text = kit::fixed_number_text(value, fit.style.decimals);
  }
  if (!fits(text)) {
    text = kit::number_text(value, 4);
  }
  kit::draw_cell_number(canvas, cell, text, fit, ink);
}

void draw_plane_numbers(kit::Canvas& canvas, const kit::Plane& plane, const Look& look,
                        const kit::PlaneStyle& style, const kit::NumberFit& fit, const Rect& view) {
  if (fit.size <= 0) {
    return;
  }
  kit::for_cells(plane, view, [&](std::int64_t y, std::int64_t x, const Rect& cell) {
    if (style.revealed < 0 || y * plane.w + x < style.revealed) {
      const Index at = {style.n, style.c, y, x};
      const Rgba ink = ink_on(color_of(style.scale, look.colors.at(at)));
      draw_number(canvas, cell, look.values.at(at), fit, ink);
    }
  });
}

Index slice_index(const Context& context, DescentPlane plane) {
  if (is_input(plane)) {
    return {context.slice.batch, context.input_channel(), 0, 0};
  }
  return is_map(plane) ? Index{context.slice.batch, context.slice.filter, 0, 0}
                       : Index{context.slice.filter, context.slice.channel, 0, 0};
}

void draw_others(kit::Canvas& canvas, const Context& context, DescentPlane which, const Look& look,
                 const Rect& view) {
  const Index shown = slice_index(context, which);
  for (const SmallPlane& small : context.layout.others[static_cast<std::size_t>(which)]) {
    const bool active = small.n == shown.n && small.c == shown.c;
    kit::PlaneStyle style = style_of(look, small.n, small.c);
    if (is_input(which)) {
      style.scale = kit::slice_scale(context.look, context.layer, small.c, canvas.palette);
    }
    style.opacity = active ? 1 : kInactive;
    kit::draw_empty_cells(canvas, small.plane, look.role, small.n, small.c, view);
    kit::draw_cells(canvas, small.plane, style, view);
    canvas.outline(small.plane.rect, active ? look.edge : canvas.palette.border,
                   canvas.line_width(active ? 2 : 1), 2 * canvas.scale);
  }
}

void draw_plane(kit::Canvas& canvas, const Context& context, DescentPlane which,
                const kit::NumberFit& trained, const Rect& view) {
  const kit::Plane& plane = context.layout.plane(which);
  const Look look = look_of(canvas.palette, context, which);
  draw_others(canvas, context, which, look, view);
  const Index at = slice_index(context, which);
  const kit::PlaneStyle style = style_of(look, at.n, at.c);
  const bool legible = plane.cell >= kLegibleCell * canvas.scale;
  kit::NumberFit fit = trained;
  if (is_steady(context, which)) {
    fit = kit::fit_numbers(canvas, plane, style, view);
  }
  if (is_input(which)) {
    kit::draw_padding(canvas, plane, style, context.layer, fit, view);
  }
  if (style.revealed >= 0) {
    kit::draw_empty_cells(canvas, plane, look.role, at.n, at.c, view);
  }
  if (!look.values.empty()) {
    kit::draw_cells(canvas, plane, style, view);
    if (legible && is_steady(context, which)) {
      kit::draw_numbers(canvas, plane, style, fit, view);
    } else if (legible) {
      draw_plane_numbers(canvas, plane, look, style, fit, view);
    }
  }
  const float dash =
      which == DescentPlane::kGoal || (which == DescentPlane::kTarget && !context.moment.hidden)
          ? 5 * canvas.scale
          : 0;
  canvas.outline(plane.rect, look.edge, canvas.line_width(1.5F), dash > 0 ? 0 : 2 * canvas.scale,
                 dash);
}

constexpr std::array kDrawingOrder = {
    DescentPlane::kSlid,  DescentPlane::kScaled, DescentPlane::kGradient,
    DescentPlane::kStep,  DescentPlane::kAfter,  DescentPlane::kGoal,
    DescentPlane::kInput, DescentPlane::kWeight, DescentPlane::kPrediction,
    DescentPlane::kError, DescentPlane::kTarget};

}  // namespace

DescentSlice descent_slice_of(const session::Session& session, const derive::LayerResult& layer) {
  DescentSlice slice;
  if (!session.transient.hover) {
    return slice;
  }
  const conv::LayerSpec& spec = layer.spec;
  const Index& at = session.transient.hover->at;
  const std::int64_t filters = spec.out_channels / spec.groups;
  const std::int64_t channels = spec.in_channels / spec.groups;
  switch (session.transient.hover->tensor) {
    case session::TensorRole::kInput:
      slice = {at.n, at.c / channels * filters, at.c % channels};
      break;
    case session::TensorRole::kOutput:
    case session::TensorRole::kTarget:
      slice = {at.n, at.c, 0};
      break;
    case session::TensorRole::kWeight:
    case session::TensorRole::kProduct:
      slice = {0, at.n, at.c};
      break;
    default:
      break;
  }
  const Shape& in = layer.input.shape();
  return {std::clamp<std::int64_t>(slice.batch, 0, in.n - 1),
          std::clamp<std::int64_t>(slice.filter, 0, spec.out_channels - 1),
          std::clamp<std::int64_t>(slice.channel, 0, channels - 1)};
}

void draw_descent_planes(kit::Canvas& canvas, const Context& context) {
  const float common = common_size(canvas, context);
  for (const DescentPlane which : kDrawingOrder) {
    if (!context.shows(which)) {
      continue;
    }
    kit::NumberFit fit =
        fit_to_reach(canvas, context.layout.plane(which).cell, reach_of(context, which));
    fit.size = std::min(fit.size, common);
    draw_plane(canvas, context, which, fit, context.layout.view);
  }
}

kit::PlaneStyle plane_style(const Palette& palette, const Context& context, DescentPlane plane,
                            std::int64_t n, std::int64_t c) {
  return style_of(look_of(palette, context, plane), n, c);
}

}  // namespace convscope::picture::descent
