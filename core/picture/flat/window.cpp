#include <algorithm>

#include "core/conv/analysis/as_convolution.h"
#include "core/picture/flat/context.h"
#include "core/picture/kit/marks.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/sum/value_text.h"

namespace convscope::picture::flat {

namespace {

constexpr float kChipPadding = 0.5F;  // beside a small weight, in ems

// The covered cells of one slice: their weights, and the one being read.
void draw_covered(kit::Canvas& canvas, const Context& context, const kit::Plane& plane,
                  std::size_t slice) {
  const std::int64_t per_channel = context.taps_per_channel();
  const std::int64_t from = context.group_channel(slice) * per_channel;
  const bool dilated = context.layer.spec.dilation.h > 1 || context.layer.spec.dilation.w > 1;
  for (std::int64_t i = from; i < from + per_channel; ++i) {
    const conv::Term& term = context.taps[static_cast<std::size_t>(i)];
    const Rect cell = plane.cell_at(term.input_at);
    if (dilated) {
      canvas.outline(cell, canvas.palette.weight.line, canvas.line_width(1.5F), 2 * canvas.scale);
    }
    draw_weight_chip(canvas, context, cell, term.weight);
    draw_tap_rings(canvas, context, i, cell);
  }
}

// Before the first step: where the taps of a dilated kernel lie within its frame.
void draw_waiting_taps(kit::Canvas& canvas, const Context& context, const kit::Plane& plane,
                       std::size_t slice) {
  const conv::Size2& dilation = context.layer.spec.dilation;
  if (context.moment.started || (dilation.h == 1 && dilation.w == 1)) {
    return;
  }
  const std::int64_t from = context.group_channel(slice) * context.taps_per_channel();
  for (std::int64_t i = from; i < from + context.taps_per_channel(); ++i) {
    canvas.outline(plane.cell_at(context.taps[static_cast<std::size_t>(i)].input_at),
                   canvas.palette.weight.line, canvas.line_width(1.5F), 2 * canvas.scale);
  }
}

// The weight of the product that is being made.
void draw_active_weight(kit::Canvas& canvas, const Context& context) {
  if (context.moment.active_term < 0 || !context.weighted()) {
    return;
  }
  const conv::Term& term = context.taps[static_cast<std::size_t>(context.moment.active_term)];
  const Index at = conv::equivalent_weight_at(context.own.spec, term.weight_at);
  const std::int64_t slice = at.c - context.layout.first_channel;
  if (slice >= 0 && slice < static_cast<std::int64_t>(context.layout.weight.size())) {
    draw_ring(canvas, context.layout.weight[static_cast<std::size_t>(slice)].cell_at(at),
              canvas.palette.text);
  }
}

}  // namespace

void draw_ring(kit::Canvas& canvas, const Rect& cell, Rgba color) {
  const float width = canvas.line_width(2);
  const Rect outer = kit::inner(cell, width);
  canvas.outline(outer, canvas.palette.background, width * 2.2F, 2 * canvas.scale);
  canvas.outline(outer, color, width, 2 * canvas.scale);
}

void draw_tap_rings(kit::Canvas& canvas, const Context& context, std::int64_t tap,
                    const Rect& cell) {
  if (tap == context.taken_tap()) {
    draw_ring(canvas, cell, canvas.palette.output.line);
  } else if (tap == context.active_tap()) {
    draw_ring(canvas, cell, canvas.palette.text);
  }
}

Rect window_rect(const Context& context, const kit::Plane& plane) {
  return plane.cells(context.moment.window_y, context.moment.window_x, context.step().window.h,
                     context.step().window.w);
}

Rect output_cell_rect(const Context& context) {
  const Index& at = context.step().output_at;
  return context.layout.output.cell_at(at);
}

void draw_weight_chip(kit::Canvas& canvas, const Context& context, const Rect& cell, float weight) {
  const float size = context.numbers.chip;
  if (size <= 0) {
    return;
  }
  const std::string text = kit::number_text(weight, context.numbers.weight.style);
  const float width = canvas.metrics.width(text, Font::kSansBold, size) + size * kChipPadding;
  const float height = size * 1.15F;
  const float gap = kit::cell_gap(canvas, cell.w);
  const Rect chip = {cell.right() - gap - width, cell.bottom() - gap - height, width, height};
  canvas.fill(chip, faded(canvas.palette.background, 0.86F), 2.5F * canvas.scale);
  canvas.centered_text(chip, text, Font::kSansBold, size, canvas.palette.weight.text);
}

float fit_chips(const kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const std::vector<kit::Plane>& covered = layout.pixels ? layout.lens : layout.input;
  const float cell = covered.empty() ? 0 : covered.front().cell;
  if (cell < 27 * canvas.scale || context.numbers.weight.size <= 0) {
    return 0;
  }
  float widest = 0;
  for (const conv::Term& term : context.taps) {
    const std::string text = kit::number_text(term.weight, context.numbers.weight.style);
    widest = std::max(widest, canvas.metrics.width(text, Font::kSansBold, 1));
  }
  const float smallest = 9 * canvas.scale;
  const float size =
      std::min(std::max(cell * 0.23F, smallest), cell * 0.92F / (widest + kChipPadding));
  return size >= smallest ? size : 0;
}

void draw_window(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    const kit::Plane& plane = layout.input[slice];
    if (layout.stacked && slice > 0) {
      break;
    }
    const bool active = layout.pixels || context.is_active(slice);
    const Rgba color = faded(canvas.palette.weight.line, active ? 1.0F : 0.5F);
    kit::draw_frame(canvas, window_rect(context, plane), color,
                    kit::frame_width(canvas, plane.cell));
    if (!layout.pixels) {
      draw_waiting_taps(canvas, context, plane, slice);
    }
    if (context.settled() && !layout.pixels) {
      draw_covered(canvas, context, plane, slice);
    }
  }
  draw_active_weight(canvas, context);
  if (context.moment.started && layout.output.h > 0) {
    kit::draw_frame(canvas, output_cell_rect(context), canvas.palette.output.line,
                    kit::frame_width(canvas, layout.output.cell));
  }
}

void draw_flight(kit::Canvas& canvas, const Context& context, const Rect& from) {
  if (context.moment.flight < 0) {
    return;
  }
  kit::draw_flying_value(canvas, sum::value_text(context.step()), from.center(),
                         output_cell_rect(context).center(),
                         static_cast<float>(context.moment.flight));
}

}  // namespace convscope::picture::flat
