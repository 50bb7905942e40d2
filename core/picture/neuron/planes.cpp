#include <algorithm>

#include "core/picture/kit/marks.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/neuron/context.h"

namespace convscope::picture::neuron {

namespace {

constexpr int kTrails = 3;  // frames of earlier windows

kit::PlaneStyle input_style(const Context& context, const Palette& palette, std::size_t slice) {
  const step::WindowScene& scene = context.scene;
  const std::int64_t channel = scene.first_channel() + context.layout.channels[slice];
  kit::PlaneStyle style{.tensor = scene.input(),
                        .n = scene.step().output_at.n,
                        .c = channel,
                        .scale = kit::slice_scale(scene.look, scene.layer, channel, palette)};
  if (context.layout.merged) {
    style.c = 0;
    style.scale = ColorScale{.kind = ColorScale::Kind::kRgb, .low = 0, .high = 255};
  }
  return style;
}

kit::PlaneStyle map_style(const Context& context, const Palette& palette) {
  const step::WindowScene& scene = context.scene;
  const Index& now = scene.step().output_at;
  const Shape& shape = scene.layer.output_shape;
  const std::int64_t before = conv::position_of(shape, {now.n, now.c, 0, 0});
  return {.tensor = scene.layer.output,
          .n = now.n,
          .c = now.c,
          .scale = kit::output_scale(scene.layer, palette),
          .role = session::TensorRole::kOutput,
          .revealed = scene.map_at_once() ? -1
                                          : std::clamp<std::int64_t>(scene.moment.revealed - before,
                                                                     0, shape.h * shape.w)};
}

// The cells behind the moment that had been computed before a click; none mostly.
kit::PlaneStyle kept_style(const Context& context, const Palette& palette) {
  constexpr float kKept = 0.45F;
  const step::WindowScene& scene = context.scene;
  kit::PlaneStyle style = map_style(context, palette);
  const Shape& shape = scene.layer.output_shape;
  const std::int64_t before = conv::position_of(shape, {style.n, style.c, 0, 0});
  style.first = std::max<std::int64_t>(style.revealed, 0);
  style.revealed = scene.map_at_once()
                       ? 0
                       : std::clamp<std::int64_t>(scene.moment.kept - before, 0, shape.h * shape.w);
  style.opacity = kKept;
  return style;
}

Rect window_on(const kit::Plane& plane, const conv::Step& step, double y, double x) {
  return plane.cells(y, x, step.window.h, step.window.w);
}

// Earlier places of the window: the same weights were used there.
void draw_trail(kit::Canvas& canvas, const Context& context, const kit::Plane& plane) {
  const conv::Step& step = context.scene.step();
  const Shape& map = context.scene.layer.output_shape;
  const conv::Size2& stride = context.scene.spec().stride;
  const std::int64_t place = step.output_at.y * map.w + step.output_at.x;
  for (std::int64_t back = kTrails; back >= 1; --back) {
    if (!context.scene.moment.started || back > place) {
      continue;
    }
    const std::int64_t y = (place - back) / map.w;
    const std::int64_t x = (place - back) % map.w;
    const float alpha = 0.5F - 0.12F * static_cast<float>(back);
    canvas.outline(
        window_on(plane, step,
                  static_cast<double>(step.window_y + (y - step.output_at.y) * stride.h),
                  static_cast<double>(step.window_x + (x - step.output_at.x) * stride.w)),
        faded(canvas.palette.weight.line, alpha), canvas.line_width(1.2F), 3 * canvas.scale,
        4 * canvas.scale);
  }
}

// From the window to the unrolled column, and what is lit, on one slice.
void draw_window(kit::Canvas& canvas, const Context& context, std::size_t slice) {
  const step::WindowScene& scene = context.scene;
  const kit::Plane& plane = context.layout.input[slice];
  const step::Moment& moment = scene.moment;
  draw_trail(canvas, context, plane);
  const Rect frame = window_on(plane, moment.step, moment.window_y, moment.window_x);
  kit::draw_frame(
      canvas, frame, canvas.palette.weight.line,
      std::min(canvas.line_width(3), std::max(plane.cell * 0.12F, canvas.line_width(1.5F))));
  const std::int64_t channel = context.layout.channels[slice];
  const auto on_slice = [&](const Index& at) {
    return context.layout.merged || at.c == scene.first_channel() + channel;
  };
  if (moment.active_term >= 0) {
    const conv::Term& term = moment.step.terms[static_cast<std::size_t>(moment.active_term)];
    if (on_slice(term.input_at)) {
      kit::mark_cell(canvas, plane.cell_at(term.input_at), canvas.palette.text);
    }
  }
  for (const Index& at : scene.lit.inputs) {
    if (on_slice(at)) {
      kit::mark_cell(canvas, plane.cell_at(at), canvas.palette.weight.line);
    }
  }
  if (scene.lit.field) {
    const conv::Step& field = *scene.lit.field;
    canvas.outline(window_on(plane, field, static_cast<double>(field.window_y),
                             static_cast<double>(field.window_x)),
                   canvas.palette.output.line, canvas.line_width(2), 3 * canvas.scale,
                   5 * canvas.scale);
  }
  const auto& hover = scene.session.transient.hover;
  if (hover && hover->tensor == session::TensorRole::kInput) {
    const Index at = conv::equivalent_input_at(scene.layer.spec, hover->at);
    if (on_slice(at)) {
      kit::mark_cell(canvas, plane.cell_at(at), canvas.palette.text);
    }
  }
}

// The window's corners to the ends of the rows that unroll it.
void draw_unrolling(kit::Canvas& canvas, const Context& context, std::size_t slice) {
  const step::WindowScene& scene = context.scene;
  const auto terms = static_cast<std::int64_t>(scene.step().terms.size());
  const std::int64_t per_channel = std::max<std::int64_t>(terms / scene.channels(), 1);
  const std::int64_t channel = context.layout.channels[slice];
  const NeuronRow* first = nullptr;
  const NeuronRow* last = nullptr;
  for (const NeuronRow& row : context.layout.rows) {
    const bool all = context.layout.merged || context.layout.stacked;
    if (row.term >= 0 && (all || row.term / per_channel == channel)) {
      first = first == nullptr ? &row : first;
      last = &row;
    }
  }
  if (first == nullptr) {
    return;
  }
  const Rect frame = window_on(context.layout.input[slice], scene.step(), scene.moment.window_y,
                               scene.moment.window_x);
  const Rgba color = faded(canvas.palette.input.line, 0.55F);
  const float left = first->input.x - context.layout.text * 2.3F;
  canvas.line({frame.right(), frame.y}, {left, first->input.y}, color, canvas.line_width(1.2F));
  canvas.line({frame.right(), frame.bottom()}, {left, last->input.bottom()}, color,
              canvas.line_width(1.2F));
  canvas.line({left, first->input.y}, {left, last->input.bottom()}, color, canvas.line_width(1.2F));
}

}  // namespace

void draw_neuron_input(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  const Rect view = {0, 0, canvas.picture.width, canvas.picture.height};
  kit::NumberFit numbers;
  for (std::size_t i = 0; i < context.layout.input.size() && !context.layout.merged; ++i) {
    const kit::NumberFit one = kit::fit_numbers(canvas, context.layout.input[i],
                                                input_style(context, canvas.palette, i), view);
    numbers = i == 0 ? one : kit::common_fit(numbers, one);
  }
  // The padding ring takes its size from the layer; here it must be the stage's.
  derive::LayerResult ring;
  ring.input = scene.layer.input;
  ring.spec = scene.spec();
  ring.pads = scene.pads();
  // Back to front; of a stack only the first slice is seen whole.
  for (std::size_t i = context.layout.input.size(); i-- > 0;) {
    const kit::Plane& plane = context.layout.input[i];
    const kit::PlaneStyle style = input_style(context, canvas.palette, i);
    kit::draw_padding(canvas, plane, style, ring, numbers, view);
    kit::draw_cells(canvas, plane, style, view);
    canvas.outline(plane.rect, canvas.palette.input.line, canvas.line_width(1.5F),
                   2 * canvas.scale);
    if (context.layout.stacked && i > 0) {
      continue;
    }
    draw_unrolling(canvas, context, i);
    kit::draw_numbers(canvas, plane, style, numbers, view);
    draw_window(canvas, context, i);
  }
}

void draw_map_cells(kit::Canvas& canvas, const Context& context) {
  const kit::Plane& plane = context.layout.output;
  const kit::PlaneStyle style = map_style(context, canvas.palette);
  const Rect view = {0, 0, canvas.picture.width, canvas.picture.height};
  kit::draw_empty_cells(canvas, plane, session::TensorRole::kOutput, style.n, style.c, view);
  const kit::PlaneStyle kept = kept_style(context, canvas.palette);
  if (kept.revealed > kept.first) {
    kit::draw_cells(canvas, plane, kept, view);
  }
  kit::draw_cells(canvas, plane, style, view);
  canvas.outline(plane.rect, canvas.palette.output.line, canvas.line_width(1.5F), 2 * canvas.scale);
}

void draw_map_numbers(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  const kit::Plane& plane = context.layout.output;
  const Index& now = scene.step().output_at;
  const Rect view = {0, 0, canvas.picture.width, canvas.picture.height};
  if (!scene.layer.output.empty()) {
    const kit::PlaneStyle style = map_style(context, canvas.palette);
    const kit::NumberFit fit = kit::fit_numbers(canvas, plane, style, view);
    kit::draw_numbers(canvas, plane, kept_style(context, canvas.palette), fit, view);
    kit::draw_numbers(canvas, plane, style, fit, view);
  }
  if (scene.moment.started) {
    kit::draw_frame(canvas, plane.cell_at(now), canvas.palette.output.line,
                    std::min(canvas.line_width(3), plane.cell * 0.12F + 1));
  }
  for (const step::Use& use : scene.lit.uses) {
    kit::mark_cell(canvas, plane.cell_at(use.output_at), canvas.palette.text);
  }
  if (scene.lit.field && scene.lit.field->output_at.c == now.c) {
    kit::mark_cell(canvas, plane.cell_at(scene.lit.field->output_at), canvas.palette.text);
  }
}

}  // namespace convscope::picture::neuron
