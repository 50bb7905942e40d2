#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/conv/analysis/as_convolution.h"
#include "core/picture/flat/context.h"
#include "core/picture/kit/number_text.h"

namespace convscope::picture::flat {

namespace {

constexpr float kChipPadding = 0.5F;  // beside a small weight, in ems

// Thick, but never so thick that it covers the numbers of small cells.
float frame_width(const kit::Canvas& canvas, const Plane& plane) {
  const float widest = plane.cell < 8 * canvas.scale ? canvas.line_width(2) : plane.cell * 0.1F;
  return std::min(canvas.line_width(3), widest);
}

// The covered cells of one slice: their weights, and the one being read.
void draw_covered(kit::Canvas& canvas, const Context& context, const Plane& plane,
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

void draw_frame(kit::Canvas& canvas, Rect rect, Rgba color, float width, float dash) {
  const float smallest = 9 * canvas.scale;
  const float grow_x = std::max(0.0F, smallest - rect.w) / 2;
  const float grow_y = std::max(0.0F, smallest - rect.h) / 2;
  rect = {rect.x - grow_x, rect.y - grow_y, rect.w + 2 * grow_x, rect.h + 2 * grow_y};
  const float radius = 3 * canvas.scale;
  canvas.outline(rect, faded(canvas.palette.background, 0.75F), width * 1.8F, radius);
  canvas.outline(rect, color, width, radius, dash);
}

void draw_ring(kit::Canvas& canvas, const Rect& cell, Rgba color) {
  const float width = canvas.line_width(2);
  const Rect outer = {cell.x + width, cell.y + width, cell.w - 2 * width, cell.h - 2 * width};
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

Rect window_rect(const Context& context, const Plane& plane) {
  return plane.cells(context.moment.window_y, context.moment.window_x,
                     static_cast<double>(context.step().window.h),
                     static_cast<double>(context.step().window.w));
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
  const float cell = layout.pixels ? layout.lens.front().cell : layout.input.front().cell;
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
    const Plane& plane = layout.input[slice];
    if (layout.pixels && slice > 0) {
      break;  // the slices behind lie under the first
    }
    const bool active = layout.pixels || context.is_active(slice);
    const Rgba color = faded(canvas.palette.weight.line, active ? 1.0F : 0.5F);
    draw_frame(canvas, window_rect(context, plane), color, frame_width(canvas, plane));
    if (context.settled() && !layout.pixels) {
      draw_covered(canvas, context, plane, slice);
    }
  }
  draw_active_weight(canvas, context);
  if (context.moment.started) {
    draw_frame(canvas, output_cell_rect(context), canvas.palette.output.line,
               frame_width(canvas, layout.output));
  }
}

void draw_flight(kit::Canvas& canvas, const Context& context, const Rect& from) {
  if (context.moment.flight < 0) {
    return;
  }
  const auto t = static_cast<float>(context.moment.flight);
  const Point start = from.center();
  const Point end = output_cell_rect(context).center();
  const float lift = 46 * canvas.scale * std::sin(t * std::numbers::pi_v<float>);
  const Point at = {start.x + (end.x - start.x) * t, start.y + (end.y - start.y) * t - lift};
  const float size = canvas.text_size(19);
  const std::string text = kit::number_text(context.step().value, 8);
  const float width = canvas.metrics.width(text, Font::kSansBold, size) + size;
  const Rect chip = {at.x - width / 2, at.y - size * 0.8F, width, size * 1.6F};
  canvas.fill(chip, canvas.palette.output.line, 6 * canvas.scale);
  canvas.centered_text(chip, text, Font::kSansBold, size, ink_on(canvas.palette.output.line));
}

}  // namespace convscope::picture::flat
