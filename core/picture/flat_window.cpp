#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/picture/flat_stage.h"
#include "core/picture/number_text.h"

namespace convscope {

namespace {

constexpr float kChipPadding = 0.5F;  // beside a small weight, in ems

// A frame that can be seen on any picture, never smaller than a few pixels.
void draw_frame(Brush& brush, Rect rect, Rgba color, float width, float dash = 0) {
  const float smallest = 9 * brush.scale;
  const float grow_x = std::max(0.0F, smallest - rect.w) / 2;
  const float grow_y = std::max(0.0F, smallest - rect.h) / 2;
  rect = {rect.x - grow_x, rect.y - grow_y, rect.w + 2 * grow_x, rect.h + 2 * grow_y};
  const float radius = 3 * brush.scale;
  brush.outline(rect, faded(brush.palette.background, 0.75F), width * 1.8F, radius);
  brush.outline(rect, color, width, radius, dash);
}

// Thick, but never so thick that it covers the numbers of small cells.
float frame_width(const Brush& brush, const Plane& plane) {
  const float widest = plane.cell < 8 * brush.scale ? brush.line_width(2) : plane.cell * 0.1F;
  return std::min(brush.line_width(3), widest);
}

// Outlines of many cells, or of the area around them where cells are pixels.
void outline_cells(Brush& brush, const Plane& plane, const std::vector<Index>& cells, Rgba color) {
  if (cells.empty()) {
    return;
  }
  const float inset = brush.line_width(1);
  if (plane.cell >= 8 * brush.scale) {
    for (const Index& at : cells) {
      const Rect rect = plane.cell_at(at);
      brush.outline({rect.x + inset, rect.y + inset, rect.w - 2 * inset, rect.h - 2 * inset}, color,
                    brush.line_width(2), 2 * brush.scale);
    }
    return;
  }
  Index low = cells.front();
  Index high = cells.front();
  for (const Index& at : cells) {
    low = {0, 0, std::min(low.y, at.y), std::min(low.x, at.x)};
    high = {0, 0, std::max(high.y, at.y), std::max(high.x, at.x)};
  }
  draw_frame(
      brush,
      plane.cells(static_cast<double>(low.y), static_cast<double>(low.x),
                  static_cast<double>(high.y - low.y + 1), static_cast<double>(high.x - low.x + 1)),
      color, brush.line_width(1.5F));
}

// From reflected, replicated and wrapped padding under the window to the cells that it repeats.
void draw_sources(Brush& brush, const FlatStage& stage, const Plane& plane, std::size_t slice) {
  const std::int64_t per_channel = stage.terms_per_channel();
  const std::int64_t from = stage.group_channel(slice) * per_channel;
  for (std::int64_t i = from; i < from + per_channel; ++i) {
    const Term& term = stage.step().terms[static_cast<std::size_t>(i)];
    if (term.padding && term.has_source) {
      const Rect there = plane.cell_at(term.input_at);
      const Rect here = plane.cell_at(term.source);
      brush.line(there.center(), here.center(), faded(brush.palette.input.line, 0.5F),
                 brush.line_width(1));
    }
  }
}

// The covered cells of one slice: their weights, and the one being multiplied.
void draw_covered(Brush& brush, const FlatStage& stage, const Plane& plane, std::size_t slice) {
  const std::int64_t per_channel = stage.terms_per_channel();
  const std::int64_t from = stage.group_channel(slice) * per_channel;
  const bool dilated = stage.layer.spec.dilation.h > 1 || stage.layer.spec.dilation.w > 1;
  for (std::int64_t i = from; i < from + per_channel; ++i) {
    const Term& term = stage.step().terms[static_cast<std::size_t>(i)];
    const Rect cell = plane.cell_at(term.input_at);
    if (dilated) {
      brush.outline(cell, brush.palette.weight.line, brush.line_width(1.5F), 2 * brush.scale);
    }
    draw_weight_chip(brush, stage, cell, term.weight);
    if (i == stage.moment.active_term) {
      draw_ring(brush, cell);
    }
  }
}

void link(Brush& brush, Point from, Point to, Rgba color) {
  brush.line(from, to, faded(color, 0.6F), brush.line_width(1.2F));
}

// Window to filter: their facing corners.
void link_window(Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  const Rgba amber = brush.palette.weight.line;
  if (layout.pixels) {
    const Rect frame = window_rect(stage, layout.input.front());
    const Rect& first = layout.lens.front().rect;
    const Rect& last = layout.lens.back().rect;
    if (layout.columns) {
      link(brush, {frame.x, frame.bottom()}, {first.x, first.y}, amber);
      link(brush, {frame.right(), frame.bottom()}, {first.right(), first.y}, amber);
    } else {
      link(brush, {frame.right(), frame.y}, {first.x, first.y}, amber);
      link(brush, {frame.right(), frame.bottom()}, {last.x, last.bottom()}, amber);
    }
    return;
  }
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    const Rect frame = window_rect(stage, layout.input[slice]);
    const Rect& kernel = layout.weight[slice].rect;
    if (layout.columns) {
      link(brush, {frame.x, frame.bottom()}, {kernel.x, kernel.y}, amber);
      link(brush, {frame.right(), frame.bottom()}, {kernel.right(), kernel.y}, amber);
    } else {
      link(brush, {frame.right(), frame.y}, {kernel.x, kernel.y}, amber);
      link(brush, {frame.right(), frame.bottom()}, {kernel.x, kernel.bottom()}, amber);
    }
  }
}

// Sums side by side meet on a rail below them; one line leads from it to the output cell.
void link_by_rail(Brush& brush, const FlatStage& stage, const Rect& cell) {
  const FlatLayout& layout = stage.layout;
  const Rgba green = brush.palette.output.line;
  const float rail = layout.rail;
  float left = cell.center().x;
  for (std::size_t slice = 0; slice < layout.partial.size(); ++slice) {
    if (stage.sum_shown(slice)) {
      const Point end = partial_sum_end(brush, stage, slice);
      // Down at the column's edge, clear of the caption below the filter.
      const float x = std::max(end.x, layout.partial[slice].right() - layout.caption_size * 0.3F);
      link(brush, end, {x, end.y}, green);
      link(brush, {x, end.y}, {x, rail}, green);
      left = std::min(left, x);
    }
  }
  if (left < cell.center().x) {
    link(brush, {left, rail}, {cell.center().x, rail}, green);
    link(brush, {cell.center().x, rail}, {cell.center().x, cell.bottom()}, green);
  }
}

// Filter, or the sums of its slices, to the output cell.
void link_output(Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  const Rgba green = brush.palette.output.line;
  const Rect cell = output_cell_rect(stage);
  if (!layout.partial.empty() && stage.channels() > 1) {
    if (layout.rail > 0) {
      link_by_rail(brush, stage, cell);
      return;
    }
    // Under pictures only the last sum has a free way, and it crosses the map: faintly.
    const bool below = layout.columns;
    for (std::size_t slice = below ? layout.partial.size() - 1 : 0; slice < layout.partial.size();
         ++slice) {
      if (stage.sum_shown(slice)) {
        const Rect& kernel = layout.weight.back().rect;
        link(brush, below ? Point{kernel.right(), kernel.y} : partial_sum_end(brush, stage, slice),
             below ? Point{cell.center().x, cell.bottom()} : Point{cell.x, cell.center().y},
             below ? faded(green, 0.6F) : green);
      }
    }
    return;
  }
  const Rect& kernel = layout.weight.back().rect;
  link(brush, {kernel.right(), kernel.y}, {cell.x, cell.y}, green);
  link(brush, {kernel.right(), kernel.bottom()}, {cell.x, cell.bottom()}, green);
}

// The output cells of a hovered input cell, each with the weight that it meets there.
void draw_uses(Brush& brush, const FlatStage& stage) {
  std::vector<Index> cells;
  std::vector<Index> weights;
  for (const Use& use : stage.lit.uses) {
    cells.push_back(use.output_at);
    weights.push_back(use.weight_at);
  }
  outline_cells(brush, stage.layout.output, cells, brush.palette.text);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Rect cell = stage.layout.output.cell_at(cells[i]);
    draw_weight_chip(brush, stage, cell, stage.layer.weight.at(weights[i]));
  }
}

}  // namespace

Rect window_rect(const FlatStage& stage, const Plane& plane) {
  return plane.cells(stage.moment.window_y, stage.moment.window_x,
                     static_cast<double>(stage.step().window.h),
                     static_cast<double>(stage.step().window.w));
}

Rect output_cell_rect(const FlatStage& stage) {
  const Index& at = stage.step().output_at;
  return stage.layout.output.cell_at(at);
}

void draw_weight_chip(Brush& brush, const FlatStage& stage, const Rect& cell, float weight) {
  const float size = stage.numbers.chip;
  if (size <= 0) {
    return;
  }
  const std::string text = number_text(weight, stage.numbers.weight.style);
  const float width = brush.metrics.width(text, Font::kSansBold, size) + size * kChipPadding;
  const float height = size * 1.15F;
  const float gap = cell_gap(brush, cell.w);
  const Rect chip = {cell.right() - gap - width, cell.bottom() - gap - height, width, height};
  brush.fill(chip, faded(brush.palette.background, 0.86F), 2.5F * brush.scale);
  brush.centered_text(chip, text, Font::kSansBold, size, brush.palette.weight.text);
}

// Light on dark on light: seen on a cell of any colour.
void draw_ring(Brush& brush, const Rect& cell) {
  const float width = brush.line_width(2);
  const Rect outer = {cell.x + width, cell.y + width, cell.w - 2 * width, cell.h - 2 * width};
  brush.outline(outer, brush.palette.background, width * 2.2F, 2 * brush.scale);
  brush.outline(outer, brush.palette.text, width, 2 * brush.scale);
}

float fit_chips(const Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  const float cell = layout.pixels ? layout.lens.front().cell : layout.input.front().cell;
  if (cell < 27 * brush.scale || stage.numbers.weight.size <= 0) {
    return 0;
  }
  float widest = 0;
  for (const Term& term : stage.step().terms) {
    const std::string text = number_text(term.weight, stage.numbers.weight.style);
    widest = std::max(widest, brush.metrics.width(text, Font::kSansBold, 1));
  }
  const float smallest = 9 * brush.scale;
  const float size =
      std::min(std::max(cell * 0.23F, smallest), cell * 0.92F / (widest + kChipPadding));
  return size >= smallest ? size : 0;
}

void draw_window(Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  const bool settled = stage.moment.window_arrived && stage.moment.started;
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    const Plane& plane = layout.input[slice];
    if (layout.pixels && slice > 0) {
      break;  // the slices behind lie under the first
    }
    const bool active = stage.moment.active_channel < 0 || layout.pixels ||
                        stage.moment.active_channel == stage.group_channel(slice);
    const Rgba color = faded(brush.palette.weight.line, active ? 1.0F : 0.5F);
    draw_frame(brush, window_rect(stage, plane), color, frame_width(brush, plane));
    if (settled && !layout.pixels) {
      draw_covered(brush, stage, plane, slice);
    }
  }
  if (stage.moment.active_term >= 0) {
    const Term& term = stage.step().terms[static_cast<std::size_t>(stage.moment.active_term)];
    const std::int64_t slice = term.weight_at.c - layout.first_channel;
    if (slice >= 0 && slice < static_cast<std::int64_t>(layout.weight.size())) {
      draw_ring(brush, layout.weight[static_cast<std::size_t>(slice)].cell_at(term.weight_at));
    }
  }
  if (stage.moment.started) {
    draw_frame(brush, output_cell_rect(stage), brush.palette.output.line,
               frame_width(brush, layout.output));
  }
}

void draw_links(Brush& brush, const FlatStage& stage) {
  const bool settled = stage.moment.window_arrived && stage.moment.started;
  for (std::size_t slice = 0; settled && !stage.layout.pixels && slice < stage.layout.input.size();
       ++slice) {
    draw_sources(brush, stage, stage.layout.input[slice], slice);
  }
  link_window(brush, stage);
  if (stage.moment.started) {
    link_output(brush, stage);
  }
}

void draw_highlight(Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  const Highlight& lit = stage.lit;
  const Rgba ink = brush.palette.text;
  if (lit.field) {
    for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
      const Plane& plane = layout.input[slice];
      draw_frame(brush,
                 plane.cells(static_cast<double>(lit.field->window_y),
                             static_cast<double>(lit.field->window_x),
                             static_cast<double>(lit.field->window.h),
                             static_cast<double>(lit.field->window.w)),
                 brush.palette.output.line, brush.line_width(2), 5 * brush.scale);
    }
    if (lit.field->output_at.c == stage.filter()) {
      outline_cells(brush, layout.output, {lit.field->output_at}, ink);
    }
  }
  draw_uses(brush, stage);
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    std::vector<Index> cells;
    for (const Index& at : lit.inputs) {
      if (at.c == stage.input_channel(slice) || layout.merged_rgb) {
        cells.push_back(at);
      }
    }
    outline_cells(brush, layout.input[slice], cells, brush.palette.weight.line);
  }
  if (lit.weight && lit.weight->n == stage.filter()) {
    const std::int64_t slice = lit.weight->c - layout.first_channel;
    if (slice >= 0 && slice < static_cast<std::int64_t>(layout.weight.size())) {
      outline_cells(brush, layout.weight[static_cast<std::size_t>(slice)], {*lit.weight}, ink);
    }
  }
  const auto& hover = stage.session.hover;
  if (hover && hover->tensor == TensorRole::kInput && !layout.merged_rgb) {
    for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
      if (hover->at.c == stage.input_channel(slice)) {
        outline_cells(brush, layout.input[slice], {hover->at}, ink);
      }
    }
  }
}

void draw_flight(Brush& brush, const FlatStage& stage, const Rect& from) {
  if (stage.moment.flight < 0) {
    return;
  }
  const auto t = static_cast<float>(stage.moment.flight);
  const Point start = from.center();
  const Point end = output_cell_rect(stage).center();
  const float lift = 46 * brush.scale * std::sin(t * std::numbers::pi_v<float>);
  const Point at = {start.x + (end.x - start.x) * t, start.y + (end.y - start.y) * t - lift};
  const float size = brush.text_size(19);
  const std::string text = number_text(stage.step().value, 8);
  const float width = brush.metrics.width(text, Font::kSansBold, size) + size;
  const Rect chip = {at.x - width / 2, at.y - size * 0.8F, width, size * 1.6F};
  brush.fill(chip, brush.palette.output.line, 6 * brush.scale);
  brush.centered_text(chip, text, Font::kSansBold, size, ink_on(brush.palette.output.line));
}

}  // namespace convscope
