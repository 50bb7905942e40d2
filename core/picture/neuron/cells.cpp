#include <algorithm>
#include <cmath>
#include <string>

#include "core/conv/operators/operator.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/neuron/context.h"
#include "core/picture/sum/sum_lines.h"

namespace convscope::picture::neuron {

namespace {

// A neuron at one place of the map, in the column of neurons.
struct Seat {
  Index at;          // its output cell
  double slots = 0;  // places away from the active one; earlier ones are above it
  Point center;
  float radius = 0;
  float opacity = 1;

  Rect rect() const { return {center.x - radius, center.y - radius, 2 * radius, 2 * radius}; }
};

// The share of the window's way from the place before that it has gone.
double window_way(const step::Moment& moment, const step::WindowScene& scene) {
  const Index now = moment.step.output_at;
  if (moment.window_arrived || now.y * scene.layer.output_shape.w + now.x == 0) {
    return 1;
  }
  const Index before = conv::output_index(scene.layer.output_shape, moment.step.position - 1);
  const auto way = [](double left, std::int64_t whole) {
    return whole == 0 ? 1.0 : 1 - std::abs(left / static_cast<double>(whole));
  };
  const double x = way(moment.window_x - static_cast<double>(moment.step.window_x),
                       (now.x - before.x) * scene.spec().stride.w);
  const double y = way(moment.window_y - static_cast<double>(moment.step.window_y),
                       (now.y - before.y) * scene.spec().stride.h);
  return std::clamp(std::min(x, y), 0.0, 1.0);
}

// The active neuron and the nearest ones of the same map, earliest first.
std::vector<Seat> seats_of(const Context& context) {
  const step::WindowScene& scene = context.scene;
  const Shape& map = scene.layer.output_shape;
  const Index now = scene.step().output_at;
  const std::int64_t place = now.y * map.w + now.x;
  const double behind = 1 - window_way(scene.moment, scene);
  std::vector<Seat> seats;
  const int ghosts = context.layout.ghosts;
  for (int i = -ghosts; i <= ghosts; ++i) {
    const std::int64_t other = place + i;
    if (other < 0 || other >= map.h * map.w) {
      continue;
    }
    Seat seat{.at = {now.n, now.c, other / map.w, other % map.w},
              .slots = static_cast<double>(i) + behind,
              .center = {},
              .radius = 0,
              .opacity = 1};
    if (std::abs(seat.slots) > ghosts + 0.01) {
      continue;
    }
    seat.center = {context.layout.neuron.x,
                   context.layout.neuron.y + neuron_offset(context.layout, seat.slots)};
    seat.radius = neuron_radius(context.layout, seat.slots);
    const auto away = static_cast<float>(std::max(std::abs(seat.slots) - 1, 0.0));
    seat.opacity = std::max(0.9F - 0.2F * away, 0.2F);
    seats.push_back(seat);
  }
  return seats;
}

bool is_computed(const step::WindowScene& scene, const Index& at) {
  return conv::position_of(scene.layer.output_shape, at) < scene.moment.revealed;
}

// What the neuron does with its inputs.
std::string symbol_of(const conv::Step& step) {
  switch (step.fold) {
    case conv::Fold::kSum:
      return "\u03A3";
    case conv::Fold::kMax:
      return "max";
    case conv::Fold::kMean:
      return "\u03A3 / " + kit::number_text(step.divisor, 6);
    case conv::Fold::kCopy:
      return "=";
    case conv::Fold::kRelu:
      return "max(0, x)";
    case conv::Fold::kExpression:
      return std::string(step.expression);
  }
  return {};
}

// The sum so far, or the result.
std::optional<double> running_value(const step::WindowScene& scene) {
  const step::Moment& moment = scene.moment;
  if (!moment.started) {
    return std::nullopt;
  }
  if (moment.total_shown) {
    return moment.step.value;
  }
  if (moment.step.fold != conv::Fold::kSum || moment.terms_shown == 0) {
    return std::nullopt;
  }
  double sum = 0;
  for (std::int64_t i = 0; i < moment.terms_shown; ++i) {
    sum += moment.step.terms[static_cast<std::size_t>(i)].product;
  }
  return sum;
}

void draw_active(kit::Canvas& canvas, const Context& context, const Seat& seat) {
  const step::WindowScene& scene = context.scene;
  const Palette& palette = canvas.palette;
  const Rect rect = seat.rect();
  canvas.add(Box{.rect = rect,
                 .fill = palette.raised,
                 .stroke = palette.output.line,
                 .stroke_width = canvas.line_width(2.5F),
                 .radius = seat.radius,
                 .target = session::Target{session::TensorRole::kOutput, seat.at}});
  const std::optional<double> value = running_value(scene);
  const std::string symbol = symbol_of(scene.step());
  const auto fitted = [&](const std::string& text, Font font, float wanted) {
    return std::min(wanted,
                    seat.radius * 1.55F / std::max(canvas.metrics.width(text, font, 1), 0.1F));
  };
  const float high = value ? rect.h * 0.46F : rect.h;
  canvas.centered_text({rect.x, rect.y + (value ? rect.h * 0.1F : 0), rect.w, high}, symbol,
                       Font::kSans,
                       fitted(symbol, Font::kSans, seat.radius * (value ? 0.5F : 0.75F)),
                       value ? palette.text_dim : palette.text);
  if (value) {
    const std::string text = kit::number_text(*value, sum::sum_style(scene.step()));
    canvas.centered_text({rect.x, rect.y + rect.h * 0.44F, rect.w, rect.h * 0.4F}, text,
                         Font::kSansBold, fitted(text, Font::kSansBold, seat.radius * 0.62F),
                         scene.moment.total_shown ? palette.output.text : palette.text);
  }
}

void draw_ghost(kit::Canvas& canvas, const Context& context, const Seat& seat) {
  const step::WindowScene& scene = context.scene;
  const Palette& palette = canvas.palette;
  const bool computed = is_computed(scene, seat.at);
  canvas.add(Box{.rect = seat.rect(),
                 .fill = palette.background,
                 .stroke = faded(computed ? palette.output.line : palette.border, seat.opacity),
                 .stroke_width = canvas.line_width(1.3F),
                 .radius = seat.radius,
                 .dash = computed ? 0 : 4 * canvas.scale,
                 .target = session::Target{session::TensorRole::kOutput, seat.at}});
  if (computed && !scene.layer.output.empty()) {
    const std::string text = kit::number_text(static_cast<double>(scene.layer.output.at(seat.at)),
                                              sum::sum_style(scene.step()));
    const float size =
        std::min(seat.radius * 0.7F,
                 seat.radius * 1.5F / std::max(canvas.metrics.width(text, Font::kSans, 1), 0.1F));
    canvas.centered_text(seat.rect(), text, Font::kSans, size,
                         faded(palette.output.text, seat.opacity));
  }
}

}  // namespace

void draw_ghost_ties(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  for (const Seat& seat : seats_of(context)) {
    const bool active = seat.at == scene.step().output_at;
    const Rect cell = context.layout.output.cell_at(seat.at);
    const Point rim = {seat.center.x + seat.radius, seat.center.y};
    if (active && scene.moment.started) {
      canvas.line(rim, {cell.x, cell.center().y}, canvas.palette.output.line,
                  canvas.line_width(1.8F));
    }
    if (active || !scene.moment.started || !is_computed(scene, seat.at)) {
      continue;
    }
    canvas.line(rim, {context.layout.output.rect.x, cell.center().y},
                faded(canvas.palette.output.line, 0.25F * seat.opacity), canvas.line_width(1));
    for (const NeuronRow& row : context.layout.rows) {
      if (scene.weighted()) {
        canvas.line({row.weight.right(), row.weight.center().y},
                    {seat.center.x - seat.radius, seat.center.y},
                    faded(canvas.palette.weight.line, 0.22F * seat.opacity), canvas.line_width(1));
      }
    }
  }
}

void draw_neurons(kit::Canvas& canvas, const Context& context) {
  for (const Seat& seat : seats_of(context)) {
    if (seat.at == context.scene.step().output_at) {
      draw_active(canvas, context, seat);
    } else {
      draw_ghost(canvas, context, seat);
    }
  }
}

}  // namespace convscope::picture::neuron
