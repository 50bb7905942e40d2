#include <algorithm>

#include "core/conv/analysis/as_convolution.h"
#include "core/picture/flat/context.h"
#include "core/picture/kit/marks.h"

namespace convscope::picture::flat {

namespace {

// Outlines of many cells, or of the area around them where cells are pixels.
void outline_cells(kit::Canvas& canvas, const kit::Plane& plane, const std::vector<Index>& cells,
                   Rgba color) {
  if (cells.empty()) {
    return;
  }
  const float inset = canvas.line_width(1);
  if (plane.cell >= 8 * canvas.scale) {
    for (const Index& at : cells) {
      const Rect rect = plane.cell_at(at);
      canvas.outline(kit::inner(rect, inset), color, canvas.line_width(2), 2 * canvas.scale);
    }
    return;
  }
  Index low = cells.front();
  Index high = cells.front();
  for (const Index& at : cells) {
    low = {0, 0, std::min(low.y, at.y), std::min(low.x, at.x)};
    high = {0, 0, std::max(high.y, at.y), std::max(high.x, at.x)};
  }
  kit::draw_frame(canvas, plane.cells(low.y, low.x, high.y - low.y + 1, high.x - low.x + 1), color,
                  canvas.line_width(1.5F));
}

// The output cells of a hovered input cell, each with the weight that it meets there.
void draw_uses(kit::Canvas& canvas, const Context& context) {
  std::vector<Index> cells;
  std::vector<Index> weights;
  for (const step::Use& use : context.lit.uses) {
    cells.push_back(use.output_at);
    weights.push_back(use.weight_at);
  }
  outline_cells(canvas, context.layout.output, cells, canvas.palette.text);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (context.weighted()) {
      const Rect cell = context.layout.output.cell_at(cells[i]);
      draw_weight_chip(canvas, context, cell, context.own.weight.at(weights[i]));
    }
  }
}

// The window of a hovered output cell.
void draw_field(kit::Canvas& canvas, const Context& context, const conv::Step& field) {
  for (const kit::Plane& plane : context.layout.input) {
    kit::draw_frame(canvas,
                    plane.cells(field.window_y, field.window_x, field.window.h, field.window.w),
                    canvas.palette.output.line, canvas.line_width(2), 5 * canvas.scale);
  }
  if (field.output_at.c == context.filter()) {
    outline_cells(canvas, context.layout.output, {field.output_at}, canvas.palette.text);
  }
}

// Cells of the input, each in the slice of its channel.
void outline_inputs(kit::Canvas& canvas, const Context& context, const std::vector<Index>& inputs,
                    Rgba color) {
  const Layout& layout = context.layout;
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    std::vector<Index> cells;
    for (const Index& at : inputs) {
      if (at.c == context.input_channel(slice) || layout.merged_rgb) {
        cells.push_back(at);
      }
    }
    outline_cells(canvas, layout.input[slice], cells, color);
  }
}

// A weight, or without weights the cell of the patch at its place.
void outline_weight(kit::Canvas& canvas, const Context& context, const Index& own) {
  const Index at = conv::equivalent_weight_at(context.own.spec, own);
  const std::int64_t slice = at.c - context.layout.first_channel;
  const std::vector<kit::Plane>& planes = context.layout.middle();
  if (at.n == context.filter() && slice >= 0 && slice < static_cast<std::int64_t>(planes.size())) {
    outline_cells(canvas, planes[static_cast<std::size_t>(slice)], {at}, canvas.palette.text);
  }
}

}  // namespace

void draw_highlight(kit::Canvas& canvas, const Context& context) {
  const step::Highlight& lit = context.lit;
  if (lit.field) {
    draw_field(canvas, context, *lit.field);
  }
  draw_uses(canvas, context);
  outline_inputs(canvas, context, lit.inputs, canvas.palette.weight.line);
  if (lit.weight) {
    outline_weight(canvas, context, *lit.weight);
  }
  const std::optional<session::Target>& hover = context.session.transient.hover;
  if (hover && hover->tensor == session::TensorRole::kInput && !context.layout.merged_rgb) {
    outline_inputs(canvas, context, {conv::equivalent_input_at(context.own.spec, hover->at)},
                   canvas.palette.text);
  }
}

}  // namespace convscope::picture::flat
