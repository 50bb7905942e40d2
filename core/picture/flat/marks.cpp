#include <algorithm>

#include "core/conv/analysis/as_convolution.h"
#include "core/picture/flat/stage.h"

namespace convscope::picture::flat {

namespace {

// Outlines of many cells, or of the area around them where cells are pixels.
void outline_cells(kit::Brush& brush, const Plane& plane, const std::vector<Index>& cells,
                   Rgba color) {
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

// The output cells of a hovered input cell, each with the weight that it meets there.
void draw_uses(kit::Brush& brush, const FlatStage& stage) {
  std::vector<Index> cells;
  std::vector<Index> weights;
  for (const step::Use& use : stage.lit.uses) {
    cells.push_back(use.output_at);
    weights.push_back(use.weight_at);
  }
  outline_cells(brush, stage.layout.output, cells, brush.palette.text);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (stage.weighted()) {
      const Rect cell = stage.layout.output.cell_at(cells[i]);
      draw_weight_chip(brush, stage, cell, stage.own.weight.at(weights[i]));
    }
  }
}

// The window of a hovered output cell.
void draw_field(kit::Brush& brush, const FlatStage& stage, const conv::Step& field) {
  for (const Plane& plane : stage.layout.input) {
    draw_frame(
        brush,
        plane.cells(static_cast<double>(field.window_y), static_cast<double>(field.window_x),
                    static_cast<double>(field.window.h), static_cast<double>(field.window.w)),
        brush.palette.output.line, brush.line_width(2), 5 * brush.scale);
  }
  if (field.output_at.c == stage.filter()) {
    outline_cells(brush, stage.layout.output, {field.output_at}, brush.palette.text);
  }
}

// Cells of the input, each in the slice of its channel.
void outline_inputs(kit::Brush& brush, const FlatStage& stage, const std::vector<Index>& inputs,
                    Rgba color) {
  const FlatLayout& layout = stage.layout;
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    std::vector<Index> cells;
    for (const Index& at : inputs) {
      if (at.c == stage.input_channel(slice) || layout.merged_rgb) {
        cells.push_back(at);
      }
    }
    outline_cells(brush, layout.input[slice], cells, color);
  }
}

// A weight, or without weights the cell of the patch at its place.
void outline_weight(kit::Brush& brush, const FlatStage& stage, const Index& own) {
  const Index at = conv::stage_weight_at(stage.own.spec, own);
  const std::int64_t slice = at.c - stage.layout.first_channel;
  const std::vector<Plane>& planes = stage.layout.middle();
  if (at.n == stage.filter() && slice >= 0 && slice < static_cast<std::int64_t>(planes.size())) {
    outline_cells(brush, planes[static_cast<std::size_t>(slice)], {at}, brush.palette.text);
  }
}

}  // namespace

void draw_highlight(kit::Brush& brush, const FlatStage& stage) {
  const step::Highlight& lit = stage.lit;
  if (lit.field) {
    draw_field(brush, stage, *lit.field);
  }
  draw_uses(brush, stage);
  outline_inputs(brush, stage, lit.inputs, brush.palette.weight.line);
  if (lit.weight) {
    outline_weight(brush, stage, *lit.weight);
  }
  const std::optional<session::Target>& hover = stage.session.transient.hover;
  if (hover && hover->tensor == session::TensorRole::kInput && !stage.layout.merged_rgb) {
    outline_inputs(brush, stage, {conv::stage_input_at(stage.own.spec, hover->at)},
                   brush.palette.text);
  }
}

}  // namespace convscope::picture::flat
