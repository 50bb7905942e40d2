#include <algorithm>
#include <cmath>
#include <limits>

#include "core/picture/descent/context.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/runs.h"

namespace convscope::picture::descent {

namespace {

constexpr double kLeast = 1e-30;     // of what is drawn: below it a loss is zero
constexpr double kMostDecades = 16;  // below the top
constexpr double kAboveStart = 2;    // decades: a loss that grows more leaves the picture

double decade_of(double loss) {
  return std::isfinite(loss) ? std::log10(std::max(loss, kLeast))
                             : std::numeric_limits<double>::infinity();
}

// Steps along x, decades along y.
struct Axes {
  Rect plot;
  double steps = 1;
  double low = -1;
  double high = 0;

  float x(double step) const { return plot.x + static_cast<float>(step / steps) * plot.w; }
  // Keeps far values finite.
  float y(double decade) const {
    const double share = std::clamp((decade - low) / (high - low), -1.0, 20.0);
    return plot.bottom() - static_cast<float>(share) * plot.h;
  }
};

Axes axes_of(const kit::Canvas& canvas, const Context& context) {
  const std::vector<double>& losses = context.history.losses;
  Axes axes;
  axes.steps = std::max<double>(static_cast<double>(losses.size()) - 1, 1);
  const double start = decade_of(losses.front());
  double low = std::isfinite(start) ? start : 0;
  double high = low;
  for (const double loss : losses) {
    const double decade = decade_of(loss);
    if (std::isfinite(decade)) {
      low = std::min(low, decade);
      high = std::max(high, decade);
    }
  }
  high = std::min(high, (std::isfinite(start) ? start : 0) + kAboveStart);
  axes.high = std::ceil(high + 0.02);
  axes.low = std::min(std::floor(std::max(low, axes.high - kMostDecades)), axes.high - 1);
  const float label = context.layout.caption_size;
  const float side = canvas.metrics.width("1e\u221200", Font::kSans, label) + 8 * canvas.scale;
  const Rect& area = context.layout.curve;
  axes.plot = {area.x + side, area.y, std::max(area.w - side - 8 * canvas.scale, 1.0F),
               std::max(area.h - label * 1.7F, 1.0F)};
  return axes;
}

// The first of 1, 2, 5, 10, 20, ... that is not smaller.
std::int64_t round_up(double wanted) {
  std::int64_t step = 1;
  for (int i = 0; static_cast<double>(step) < wanted; ++i) {
    step = i % 3 == 1 ? step / 2 * 5 : step * 2;
  }
  return step;
}

void draw_axes(kit::Canvas& canvas, const Context& context, const Axes& axes) {
  const Palette& palette = canvas.palette;
  const float size = context.layout.caption_size;
  const float thin = canvas.line_width(1);
  const auto per_label = round_up((axes.high - axes.low) * size * 1.5 / axes.plot.h);
  const auto bottom = static_cast<std::int64_t>(axes.low);
  for (std::int64_t decade = bottom; static_cast<double>(decade) <= axes.high; ++decade) {
    if ((decade - bottom) % per_label != 0) {
      continue;
    }
    const float y = axes.y(static_cast<double>(decade));
    canvas.line({axes.plot.x, y}, {axes.plot.right(), y}, faded(palette.border, 0.7F), thin);
    canvas.text({axes.plot.x - 6 * canvas.scale, y + size * 0.35F},
                kit::number_text(std::pow(10.0, static_cast<double>(decade)), 6), Font::kSans, size,
                palette.text_dim, Align::kRight);
  }
  const auto last = static_cast<std::int64_t>(axes.steps);
  const std::int64_t apart = round_up(axes.steps * size * 6 / axes.plot.w);
  for (std::int64_t step = 0; step <= last; step += apart) {
    // The last label keeps its distance from the one before.
    const bool crowded = last - step < apart / 2 && step != last;
    const std::int64_t at = crowded ? last : step;
    canvas.text({axes.x(static_cast<double>(at)), axes.plot.bottom() + size * 1.35F},
                std::to_string(at), Font::kSans, size, palette.text_dim,
                at == last ? Align::kRight : Align::kCenter);
    if (crowded) {
      break;
    }
  }
}

struct CurvePoint {
  double step = 0;
  double decade = 0;
};

// Of a long run each pixel column gets its lowest and highest loss.
std::vector<CurvePoint> points_of(const std::vector<double>& losses, float width) {
  const std::size_t columns = std::max<std::size_t>(static_cast<std::size_t>(width), 1);
  const std::size_t bucket = std::max<std::size_t>(losses.size() / columns, 1);
  std::vector<CurvePoint> points;
  const auto add = [&](std::size_t i) {
    points.push_back({static_cast<double>(i), decade_of(losses[i])});
  };
  for (std::size_t from = 0; from < losses.size(); from += bucket) {
    std::size_t low = from;
    std::size_t high = from;
    for (std::size_t i = from; i < std::min(from + bucket, losses.size()); ++i) {
      const auto size = [&](std::size_t at) { return decade_of(losses[at]); };
      low = size(i) < size(low) ? i : low;
      high = size(i) > size(high) ? i : high;
    }
    add(std::min(low, high));
    if (low != high) {
      add(std::max(low, high));
    }
  }
  if (points.back().step + 1 < static_cast<double>(losses.size())) {
    add(losses.size() - 1);
  }
  return points;
}

// Bright as far as the run has been shown, faint beyond; broken at the playhead.
void draw_line(kit::Canvas& canvas, const Axes& axes, const std::vector<CurvePoint>& points,
               double now) {
  const Rgba color = canvas.palette.accent;
  const float width = canvas.line_width(2);
  const auto at = [&](const CurvePoint& p) { return Point{axes.x(p.step), axes.y(p.decade)}; };
  for (std::size_t i = 1; i < points.size(); ++i) {
    const CurvePoint& from = points[i - 1];
    const CurvePoint& to = points[i];
    const double share = std::clamp((now - from.step) / (to.step - from.step), 0.0, 1.0);
    const Point a = at(from);
    const Point b = at(to);
    const auto t = static_cast<float>(share);
    const Point middle = {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
    if (share < 1) {
      canvas.line(middle, b, faded(color, 0.3F), width);
    }
    if (share > 0) {
      canvas.line(a, middle, color, width);
    }
  }
}

// A triangle where the curve leaves through the top, for good.
void mark_exit(kit::Canvas& canvas, const Axes& axes, const std::vector<double>& losses) {
  std::size_t exit = losses.size();
  while (exit > 0 && decade_of(losses[exit - 1]) > axes.high) {
    --exit;
  }
  if (exit == losses.size()) {
    return;
  }
  double x = static_cast<double>(exit);
  if (exit > 0 && std::isfinite(decade_of(losses[exit]))) {
    const double from = decade_of(losses[exit - 1]);
    x -= 1 - (axes.high - from) / (decade_of(losses[exit]) - from);
  }
  const float side = 7 * canvas.scale;
  const Point tip = {std::clamp(axes.x(x), axes.plot.x + side, axes.plot.right() - side),
                     axes.plot.y + 1 * canvas.scale};
  canvas.add(Polygon{
      .points = {tip, {tip.x + side, tip.y + 1.7F * side}, {tip.x - side, tip.y + 1.7F * side}},
      .fill = canvas.palette.warning});
}

// The current step: a line through the plot and a dot on the curve.
void draw_playhead(kit::Canvas& canvas, const Context& context, const Axes& axes) {
  const DescentMoment& moment = context.moment;
  const std::vector<double>& losses = context.history.losses;
  const double now = static_cast<double>(moment.made) + moment.way;
  const auto before = static_cast<std::size_t>(moment.made);
  const double from = decade_of(losses[before]);
  const double to = decade_of(losses[std::min(before + 1, losses.size() - 1)]);
  const double decade =
      std::isfinite(from) && std::isfinite(to) ? from + (to - from) * moment.way : from;
  const float x = axes.x(now);
  canvas.line({x, axes.plot.y}, {x, axes.plot.bottom()}, faded(canvas.palette.text, 0.5F),
              canvas.line_width(1.2F));
  const float y = std::clamp(axes.y(decade), axes.plot.y, axes.plot.bottom());
  const float r = 5 * canvas.scale;
  canvas.add(Box{.rect = {x - r, y - r, 2 * r, 2 * r},
                 .fill = canvas.palette.accent,
                 .stroke = canvas.palette.background,
                 .stroke_width = canvas.line_width(1.5F),
                 .radius = r});
}

double distance(const std::vector<double>& weights, const Tensor& goal) {
  double squares = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double d = weights[i] - static_cast<double>(goal.values()[i]);
    squares += d * d;
  }
  return std::sqrt(squares);
}

// "iteration 12 of 200", the loss, the distance to the goal; or what is wrong.
void draw_status(kit::Canvas& canvas, const Context& context) {
  const Rect& rect = context.layout.status;
  if (rect.h <= 0) {
    return;
  }
  const DescentMoment& moment = context.moment;
  const lesson::Locale& locale = canvas.locale;
  const float size = context.layout.caption_size * 1.05F;
  const float baseline = rect.y + rect.h * 0.55F;
  const Palette& palette = canvas.palette;
  const kit::Run space = kit::space(5);
  const double loss = context.history.losses[static_cast<std::size_t>(moment.made)];
  kit::Runs line = {
      kit::bold(
          locale.text("stage.step_of_training", {{"step", moment.number}, {"steps", moment.steps}}),
          palette.text),
      space,
      {locale.text("stage.loss_is", {{"loss", descent_number(loss)}}), palette.accent},
      space};
  if (const auto step = grows_from(context.history)) {
    line.push_back(
        {locale.text("stage.loss_grows", {{"lr", kit::number_text(context.history.optimizer.lr, 8)},
                                          {"step", *step + 1}}),
         palette.warning});
  } else if (context.goal) {
    const double left = distance(moment.state.weight, context.layer.weight);
    line.push_back({locale.text("stage.distance_to_goal", {{"distance", descent_number(left)}}),
                    palette.text_dim});
  }
  kit::draw_shrunk(canvas, line, {rect.x, baseline}, size, rect.w);
}

}  // namespace

std::optional<std::int64_t> grows_from(const conv::DescentHistory& history) {
  const std::vector<double>& losses = history.losses;
  double squares = 0;
  for (const float value : history.target.values()) {
    squares += static_cast<double>(value) * value;
  }
  // A run that starts at the goal shows nothing but rounding noise.
  constexpr double kTremble = 1e-6;
  const double mean =
      squares / static_cast<double>(std::max<std::size_t>(history.target.values().size(), 1));
  const double last = losses.back();
  if (std::isfinite(last) && last <= std::max(losses.front(), kTremble * mean)) {
    return std::nullopt;
  }
  std::size_t lowest = 0;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    lowest = losses[i] < losses[lowest] ? i : lowest;
  }
  return static_cast<std::int64_t>(lowest);
}

void draw_loss_curve(kit::Canvas& canvas, const Context& context) {
  draw_status(canvas, context);
  if (context.layout.curve.h < 30 * canvas.scale) {
    return;
  }
  const Axes axes = axes_of(canvas, context);
  draw_axes(canvas, context, axes);
  canvas.add(ClipBegin{axes.plot});
  const double now = static_cast<double>(context.moment.made) + context.moment.way;
  draw_line(canvas, axes, points_of(context.history.losses, axes.plot.w), now);
  canvas.add(ClipEnd{});
  mark_exit(canvas, axes, context.history.losses);
  draw_playhead(canvas, context, axes);
}

}  // namespace convscope::picture::descent
