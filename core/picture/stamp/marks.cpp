#include <algorithm>
#include <cmath>

#include "core/picture/cell_number.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/stamp/stage.h"

namespace convscope::picture::stamp {

namespace {

// Seen on cells of any colour.
void draw_frame(kit::Brush& brush, const Rect& rect, Rgba color, float width, float dash = 0) {
  const float radius = 3 * brush.scale;
  brush.outline(rect, faded(brush.palette.background, 0.75F), width * 1.8F, radius);
  brush.outline(rect, color, width, radius, dash);
}

// Thick, but never so thick that it covers the numbers of small cells.
float frame_width(const kit::Brush& brush, const flat::Plane& plane) {
  return std::min(brush.line_width(3), std::max(plane.cell * 0.1F, 1.0F));
}

void link(kit::Brush& brush, Point from, Point to, Rgba color) {
  brush.line(from, to, faded(color, 0.6F), brush.line_width(1.2F));
}

void mark_cell(kit::Brush& brush, const Rect& cell, Rgba color, float dash = 0) {
  const float inset = brush.line_width(1);
  brush.outline({cell.x + inset, cell.y + inset, cell.w - 2 * inset, cell.h - 2 * inset}, color,
                brush.line_width(2), 2 * brush.scale, dash);
}

// The weight that a cell meets, small in its corner.
void draw_chip(kit::Brush& brush, const StampStage& stage, const Rect& cell, float weight) {
  const float size = std::max(cell.w * 0.2F, 9 * brush.scale);
  if (cell.w < 40 * brush.scale || stage.numbers.weight.size <= 0) {
    return;
  }
  const std::string text = kit::number_text(weight, stage.numbers.weight.style);
  const float width = brush.metrics.width(text, Font::kSansBold, size) + size * 0.5F;
  const float gap = kit::cell_gap(brush, cell.w);
  const Rect chip = {cell.right() - gap - width, cell.y + gap, width, size * 1.15F};
  brush.fill(chip, faded(brush.palette.background, 0.86F), 2.5F * brush.scale);
  brush.centered_text(chip, text, Font::kSansBold, size, brush.palette.weight.text);
}

// An input cell is pointed at: where its stamp lies in the map, and which weight goes where.
void point_at_input(kit::Brush& brush, const StampStage& stage, const Index& at) {
  const Shape& in = stage.layer.input.shape();
  if (!contains(in, at) || at.n != stage.batch()) {
    return;
  }
  if (at.c == stage.channel()) {
    mark_cell(brush, stage.layout.input.cell_at(at), brush.palette.text);
  }
  const conv::Stamp stamp =
      conv::stamp_at(stage.layer.input, stage.layer.weight, stage.layer.spec, offset_of(in, at));
  for (std::size_t row = 0; row < stage.layout.output.size(); ++row) {
    for (const conv::StampTerm& term : stamp.terms) {
      if (term.output_at.c == stage.map(row)) {
        const Rect cell = stage.layout.output[row].cell_at(term.output_at);
        mark_cell(brush, cell, term.kept ? brush.palette.text : brush.palette.text_dim,
                  term.kept ? 0 : 4 * brush.scale);
        draw_chip(brush, stage, cell, term.weight);
      }
    }
  }
}

// An output cell is pointed at: the input cells behind it; dashed, while their stamps are to come.
void point_at_output(kit::Brush& brush, const StampStage& stage, const Index& at) {
  for (std::size_t row = 0; row < stage.layout.output.size(); ++row) {
    if (at.c == stage.map(row) && at.n == stage.batch()) {
      mark_cell(brush, stage.layout.output[row].cell_at(at), brush.palette.text);
    }
  }
  for (const StampSource& source : stage.sources) {
    if (source.input_at.n == stage.batch() && source.input_at.c == stage.channel()) {
      const Rect cell = stage.layout.input.cell_at(source.input_at);
      mark_cell(brush, cell, brush.palette.output.line,
                stage.added(source.input_at) ? 0 : 4 * brush.scale);
      draw_chip(brush, stage, cell, stage.layer.weight.at(source.weight_at));
    }
  }
}

// A weight or a product is pointed at: the weight, its product, and where that lands.
void point_at_weight(kit::Brush& brush, const StampStage& stage, const Index& at) {
  if (at.n != stage.channel()) {
    return;
  }
  for (std::size_t row = 0; row < stage.layout.kernel.size(); ++row) {
    for (std::int64_t i = 0; i < stage.taps(); ++i) {
      const conv::StampTerm& term = stage.term(stage.first_term(row) + i);
      if (term.weight_at == at) {
        mark_cell(brush, stage.layout.kernel[row].cell_at(at), brush.palette.text);
        mark_cell(brush, stage.stamp_cell(row, term), brush.palette.text);
        mark_cell(brush, stage.layout.output[row].cell_at(term.output_at), brush.palette.text,
                  term.kept ? 0 : 4 * brush.scale);
      }
    }
  }
}

}  // namespace

Rect StampStage::footprint(std::size_t row, const Index& at) const {
  const conv::Size2 reach = conv::dilated_kernel(layer.spec);
  return layout.output[row].cells(static_cast<double>(at.y * layer.spec.stride.h - layer.pads.top),
                                  static_cast<double>(at.x * layer.spec.stride.w - layer.pads.left),
                                  static_cast<double>(reach.h), static_cast<double>(reach.w));
}

// From the input cell to the kernels that it multiplies, from each stamp to its place in the map.
// They run below the planes, so that no number is crossed out.
void draw_links(kit::Brush& brush, const StampStage& stage) {
  if (!stage.moment.started || !stage.moment.arrived) {
    return;
  }
  const Rect cell = stage.layout.input.cell_at(stage.stamp().input_at);
  for (std::size_t row = 0; row < stage.layout.kernel.size(); ++row) {
    const Rect& kernel = stage.layout.kernel[row].rect;
    link(brush, {cell.right(), cell.center().y}, {kernel.x, kernel.center().y},
         brush.palette.input.line);
    const Rect& stamp = stage.layout.stamp[row].rect;
    const Rect place = stage.footprint(row, stage.stamp().input_at);
    link(brush, {stamp.right(), stamp.y}, {place.x, place.y}, brush.palette.weight.line);
    link(brush, {stamp.right(), stamp.bottom()}, {place.x, place.bottom()},
         brush.palette.weight.line);
  }
}

void draw_frames(kit::Brush& brush, const StampStage& stage) {
  const StampLayout& layout = stage.layout;
  draw_frame(brush, layout.input.cells(stage.moment.y, stage.moment.x), brush.palette.input.line,
             frame_width(brush, layout.input));
  if (!stage.moment.started || !stage.moment.arrived) {
    return;
  }
  for (std::size_t row = 0; row < layout.output.size(); ++row) {
    draw_frame(brush, stage.footprint(row, stage.stamp().input_at), brush.palette.weight.line,
               frame_width(brush, layout.output[row]));
    const std::int64_t i = stage.moment.active_term - stage.first_term(row);
    if (stage.moment.active_term >= 0 && i >= 0 && i < stage.taps()) {
      const conv::StampTerm& term = stage.term(stage.moment.active_term);
      mark_cell(brush, layout.kernel[row].cell_at(term.weight_at), brush.palette.text);
      mark_cell(brush, stage.stamp_cell(row, term), brush.palette.text);
      mark_cell(brush, layout.output[row].cell_at(term.output_at), brush.palette.text,
                term.kept ? 0 : 4 * brush.scale);
    }
  }
}

void draw_flight(kit::Brush& brush, const StampStage& stage) {
  if (stage.moment.flight < 0) {
    return;
  }
  const auto t = static_cast<float>(stage.moment.flight);
  const kit::NumberFit& numbers = stage.numbers.product;
  const ColorScale scale = product_scale(stage, brush.palette);
  for (std::size_t row = 0; row < stage.layout.stamp.size(); ++row) {
    const Rect& from = stage.layout.stamp[row].rect;
    const Rect to = stage.footprint(row, stage.stamp().input_at);
    const Point by = {(to.x - from.x) * t, (to.y - from.y) * t};
    const float gap = kit::cell_gap(brush, stage.layout.stamp[row].cell);
    for (std::int64_t i = 0; i < stage.taps(); ++i) {
      const conv::StampTerm& term = stage.term(stage.first_term(row) + i);
      const Rect cell = stage.stamp_cell(row, term);
      const Rect moved = {cell.x + by.x + gap / 2, cell.y + by.y + gap / 2, cell.w - gap,
                          cell.h - gap};
      const Rgba fill = color_of(scale, static_cast<float>(term.product));
      brush.fill(moved, fill);
      draw_cell_number(brush, moved, kit::number_text(term.product, numbers.style), numbers,
                       ink_on(fill));
    }
    draw_frame(brush, {from.x + by.x, from.y + by.y, from.w, from.h}, brush.palette.weight.line,
               frame_width(brush, stage.layout.stamp[row]));
  }
}

void draw_pointed(kit::Brush& brush, const StampStage& stage) {
  const std::optional<session::Target>& hover = stage.session.transient.hover;
  if (!hover || (hover->layer >= 0 && hover->layer != stage.session.look.layer)) {
    return;
  }
  switch (hover->tensor) {
    case session::TensorRole::kInput:
      return point_at_input(brush, stage, hover->at);
    case session::TensorRole::kOutput:
      return point_at_output(brush, stage, hover->at);
    case session::TensorRole::kWeight:
    case session::TensorRole::kProduct:
      return point_at_weight(brush, stage, hover->at);
    case session::TensorRole::kBias:
    case session::TensorRole::kStretched:
    case session::TensorRole::kTurned:
    case session::TensorRole::kTarget:
      return;
  }
}

}  // namespace convscope::picture::stamp
