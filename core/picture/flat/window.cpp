#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/conv/analysis/as_convolution.h"
#include "core/picture/flat/stage.h"
#include "core/picture/kit/number_text.h"

namespace convscope::picture::flat {

namespace {

constexpr float kChipPadding = 0.5F;  // beside a small weight, in ems

// Thick, but never so thick that it covers the numbers of small cells.
float frame_width(const kit::Brush& brush, const Plane& plane) {
  const float widest = plane.cell < 8 * brush.scale ? brush.line_width(2) : plane.cell * 0.1F;
  return std::min(brush.line_width(3), widest);
}

// The covered cells of one slice: their weights, and the one being read.
void draw_covered(kit::Brush& brush, const FlatStage& stage, const Plane& plane,
                  std::size_t slice) {
  const std::int64_t per_channel = stage.taps_per_channel();
  const std::int64_t from = stage.group_channel(slice) * per_channel;
  const bool dilated = stage.layer.spec.dilation.h > 1 || stage.layer.spec.dilation.w > 1;
  for (std::int64_t i = from; i < from + per_channel; ++i) {
    const conv::Term& term = stage.taps[static_cast<std::size_t>(i)];
    const Rect cell = plane.cell_at(term.input_at);
    if (dilated) {
      brush.outline(cell, brush.palette.weight.line, brush.line_width(1.5F), 2 * brush.scale);
    }
    draw_weight_chip(brush, stage, cell, term.weight);
    draw_tap_rings(brush, stage, i, cell);
  }
}

// The weight of the product that is being made.
void draw_active_weight(kit::Brush& brush, const FlatStage& stage) {
  if (stage.moment.active_term < 0 || !stage.weighted()) {
    return;
  }
  const conv::Term& term = stage.taps[static_cast<std::size_t>(stage.moment.active_term)];
  const Index at = conv::stage_weight_at(stage.own.spec, term.weight_at);
  const std::int64_t slice = at.c - stage.layout.first_channel;
  if (slice >= 0 && slice < static_cast<std::int64_t>(stage.layout.weight.size())) {
    draw_ring(brush, stage.layout.weight[static_cast<std::size_t>(slice)].cell_at(at),
              brush.palette.text);
  }
}

}  // namespace

void draw_frame(kit::Brush& brush, Rect rect, Rgba color, float width, float dash) {
  const float smallest = 9 * brush.scale;
  const float grow_x = std::max(0.0F, smallest - rect.w) / 2;
  const float grow_y = std::max(0.0F, smallest - rect.h) / 2;
  rect = {rect.x - grow_x, rect.y - grow_y, rect.w + 2 * grow_x, rect.h + 2 * grow_y};
  const float radius = 3 * brush.scale;
  brush.outline(rect, faded(brush.palette.background, 0.75F), width * 1.8F, radius);
  brush.outline(rect, color, width, radius, dash);
}

void draw_ring(kit::Brush& brush, const Rect& cell, Rgba color) {
  const float width = brush.line_width(2);
  const Rect outer = {cell.x + width, cell.y + width, cell.w - 2 * width, cell.h - 2 * width};
  brush.outline(outer, brush.palette.background, width * 2.2F, 2 * brush.scale);
  brush.outline(outer, color, width, 2 * brush.scale);
}

void draw_tap_rings(kit::Brush& brush, const FlatStage& stage, std::int64_t tap, const Rect& cell) {
  if (tap == stage.taken_tap()) {
    draw_ring(brush, cell, brush.palette.output.line);
  } else if (tap == stage.active_tap()) {
    draw_ring(brush, cell, brush.palette.text);
  }
}

Rect window_rect(const FlatStage& stage, const Plane& plane) {
  return plane.cells(stage.moment.window_y, stage.moment.window_x,
                     static_cast<double>(stage.step().window.h),
                     static_cast<double>(stage.step().window.w));
}

Rect output_cell_rect(const FlatStage& stage) {
  const Index& at = stage.step().output_at;
  return stage.layout.output.cell_at(at);
}

void draw_weight_chip(kit::Brush& brush, const FlatStage& stage, const Rect& cell, float weight) {
  const float size = stage.numbers.chip;
  if (size <= 0) {
    return;
  }
  const std::string text = kit::number_text(weight, stage.numbers.weight.style);
  const float width = brush.metrics.width(text, Font::kSansBold, size) + size * kChipPadding;
  const float height = size * 1.15F;
  const float gap = kit::cell_gap(brush, cell.w);
  const Rect chip = {cell.right() - gap - width, cell.bottom() - gap - height, width, height};
  brush.fill(chip, faded(brush.palette.background, 0.86F), 2.5F * brush.scale);
  brush.centered_text(chip, text, Font::kSansBold, size, brush.palette.weight.text);
}

float fit_chips(const kit::Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  const float cell = layout.pixels ? layout.lens.front().cell : layout.input.front().cell;
  if (cell < 27 * brush.scale || stage.numbers.weight.size <= 0) {
    return 0;
  }
  float widest = 0;
  for (const conv::Term& term : stage.taps) {
    const std::string text = kit::number_text(term.weight, stage.numbers.weight.style);
    widest = std::max(widest, brush.metrics.width(text, Font::kSansBold, 1));
  }
  const float smallest = 9 * brush.scale;
  const float size =
      std::min(std::max(cell * 0.23F, smallest), cell * 0.92F / (widest + kChipPadding));
  return size >= smallest ? size : 0;
}

void draw_window(kit::Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    const Plane& plane = layout.input[slice];
    if (layout.pixels && slice > 0) {
      break;  // the slices behind lie under the first
    }
    const bool active = layout.pixels || stage.is_active(slice);
    const Rgba color = faded(brush.palette.weight.line, active ? 1.0F : 0.5F);
    draw_frame(brush, window_rect(stage, plane), color, frame_width(brush, plane));
    if (stage.settled() && !layout.pixels) {
      draw_covered(brush, stage, plane, slice);
    }
  }
  draw_active_weight(brush, stage);
  if (stage.moment.started) {
    draw_frame(brush, output_cell_rect(stage), brush.palette.output.line,
               frame_width(brush, layout.output));
  }
}

void draw_flight(kit::Brush& brush, const FlatStage& stage, const Rect& from) {
  if (stage.moment.flight < 0) {
    return;
  }
  const auto t = static_cast<float>(stage.moment.flight);
  const Point start = from.center();
  const Point end = output_cell_rect(stage).center();
  const float lift = 46 * brush.scale * std::sin(t * std::numbers::pi_v<float>);
  const Point at = {start.x + (end.x - start.x) * t, start.y + (end.y - start.y) * t - lift};
  const float size = brush.text_size(19);
  const std::string text = kit::number_text(stage.step().value, 8);
  const float width = brush.metrics.width(text, Font::kSansBold, size) + size;
  const Rect chip = {at.x - width / 2, at.y - size * 0.8F, width, size * 1.6F};
  brush.fill(chip, brush.palette.output.line, 6 * brush.scale);
  brush.centered_text(chip, text, Font::kSansBold, size, ink_on(brush.palette.output.line));
}

}  // namespace convscope::picture::flat
