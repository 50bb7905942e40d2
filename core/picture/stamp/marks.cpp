#include <algorithm>

#include "core/picture/kit/cell_number.h"
#include "core/picture/kit/marks.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/stamp/context.h"

namespace convscope::picture::stamp {

namespace {

// The weight that a cell meets, small in its corner.
void draw_chip(kit::Canvas& canvas, const Context& context, const Rect& cell, float weight) {
  const float size = std::max(cell.w * 0.2F, 9 * canvas.scale);
  if (cell.w < 40 * canvas.scale || context.numbers.weight.size <= 0) {
    return;
  }
  const std::string text = kit::number_text(weight, context.numbers.weight.style);
  const float width = canvas.metrics.width(text, Font::kSansBold, size) + size * 0.5F;
  const float gap = kit::cell_gap(canvas, cell.w);
  const Rect chip = {cell.right() - gap - width, cell.y + gap, width, size * 1.15F};
  canvas.fill(chip, faded(canvas.palette.background, 0.86F), 2.5F * canvas.scale);
  canvas.centered_text(chip, text, Font::kSansBold, size, canvas.palette.weight.text);
}

// An input cell is pointed at: where its stamp lies in the map, and which weight goes where.
void point_at_input(kit::Canvas& canvas, const Context& context, const Index& at) {
  const Shape& in = context.layer.input.shape();
  if (!contains(in, at) || at.n != context.batch()) {
    return;
  }
  if (at.c == context.channel()) {
    kit::mark_cell(canvas, context.layout.input.cell_at(at), canvas.palette.text);
  }
  const conv::Stamp stamp = conv::stamp_at(context.layer.input, context.layer.weight,
                                           context.layer.spec, offset_of(in, at));
  for (std::size_t row = 0; row < context.layout.output.size(); ++row) {
    for (const conv::StampTerm& term : stamp.terms) {
      if (term.output_at.c == context.map(row)) {
        const Rect cell = context.layout.output[row].cell_at(term.output_at);
        kit::mark_cell(canvas, cell, term.kept ? canvas.palette.text : canvas.palette.text_dim,
                       term.kept ? 0 : 4 * canvas.scale);
        draw_chip(canvas, context, cell, term.weight);
      }
    }
  }
}

// An output cell is pointed at: the input cells behind it; dashed, while their stamps are to come.
void point_at_output(kit::Canvas& canvas, const Context& context, const Index& at) {
  for (std::size_t row = 0; row < context.layout.output.size(); ++row) {
    if (at.c == context.map(row) && at.n == context.batch()) {
      kit::mark_cell(canvas, context.layout.output[row].cell_at(at), canvas.palette.text);
    }
  }
  for (const StampSource& source : context.sources) {
    if (source.input_at.n == context.batch() && source.input_at.c == context.channel()) {
      const Rect cell = context.layout.input.cell_at(source.input_at);
      kit::mark_cell(canvas, cell, canvas.palette.output.line,
                     context.added(source.input_at) ? 0 : 4 * canvas.scale);
      draw_chip(canvas, context, cell, context.layer.weight.at(source.weight_at));
    }
  }
}

// A weight or a product is pointed at: the weight, its product, and where that lands.
void point_at_weight(kit::Canvas& canvas, const Context& context, const Index& at) {
  if (at.n != context.channel()) {
    return;
  }
  for (std::size_t row = 0; row < context.layout.kernel.size(); ++row) {
    for (std::int64_t i = 0; i < context.taps(); ++i) {
      const conv::StampTerm& term = context.term(context.first_term(row) + i);
      if (term.weight_at == at) {
        kit::mark_cell(canvas, context.layout.kernel[row].cell_at(at), canvas.palette.text);
        kit::mark_cell(canvas, context.stamp_cell(row, term), canvas.palette.text);
        kit::mark_cell(canvas, context.layout.output[row].cell_at(term.output_at),
                       canvas.palette.text, term.kept ? 0 : 4 * canvas.scale);
      }
    }
  }
}

}  // namespace

Rect Context::footprint(std::size_t row, const Index& at) const {
  const conv::Size2 reach = conv::dilated_kernel(layer.spec);
  return layout.output[row].cells(at.y * layer.spec.stride.h - layer.pads.top,
                                  at.x * layer.spec.stride.w - layer.pads.left, reach.h, reach.w);
}

// From the input cell to the kernels that it multiplies, from each stamp to its place in the map.
// They run below the planes, so that no number is crossed out.
void draw_links(kit::Canvas& canvas, const Context& context) {
  if (!context.moment.started || !context.moment.arrived) {
    return;
  }
  const Rect cell = context.layout.input.cell_at(context.stamp().input_at);
  for (std::size_t row = 0; row < context.layout.kernel.size(); ++row) {
    const Rect& kernel = context.layout.kernel[row].rect;
    kit::draw_link(canvas, {cell.right(), cell.center().y}, {kernel.x, kernel.center().y},
                   canvas.palette.input.line);
    const Rect& stamp = context.layout.stamp[row].rect;
    const Rect place = context.footprint(row, context.stamp().input_at);
    kit::draw_link(canvas, {stamp.right(), stamp.y}, {place.x, place.y},
                   canvas.palette.weight.line);
    kit::draw_link(canvas, {stamp.right(), stamp.bottom()}, {place.x, place.bottom()},
                   canvas.palette.weight.line);
  }
}

void draw_frames(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  kit::draw_frame(canvas, layout.input.cells(context.moment.y, context.moment.x),
                  canvas.palette.input.line, kit::frame_width(canvas, layout.input.cell));
  if (!context.moment.started || !context.moment.arrived) {
    return;
  }
  for (std::size_t row = 0; row < layout.output.size(); ++row) {
    kit::draw_frame(canvas, context.footprint(row, context.stamp().input_at),
                    canvas.palette.weight.line, kit::frame_width(canvas, layout.output[row].cell));
    const std::int64_t i = context.moment.active_term - context.first_term(row);
    if (context.moment.active_term >= 0 && i >= 0 && i < context.taps()) {
      const conv::StampTerm& term = context.term(context.moment.active_term);
      kit::mark_cell(canvas, layout.kernel[row].cell_at(term.weight_at), canvas.palette.text);
      kit::mark_cell(canvas, context.stamp_cell(row, term), canvas.palette.text);
      kit::mark_cell(canvas, layout.output[row].cell_at(term.output_at), canvas.palette.text,
                     term.kept ? 0 : 4 * canvas.scale);
    }
  }
}

void draw_flight(kit::Canvas& canvas, const Context& context) {
  if (context.moment.flight < 0) {
    return;
  }
  const auto t = static_cast<float>(context.moment.flight);
  const kit::NumberFit& numbers = context.numbers.product;
  const ColorScale scale = product_scale(context, canvas.palette);
  for (std::size_t row = 0; row < context.layout.stamp.size(); ++row) {
    const Rect& from = context.layout.stamp[row].rect;
    const Rect to = context.footprint(row, context.stamp().input_at);
    const Point by = {(to.x - from.x) * t, (to.y - from.y) * t};
    const float gap = kit::cell_gap(canvas, context.layout.stamp[row].cell);
    for (std::int64_t i = 0; i < context.taps(); ++i) {
      const conv::StampTerm& term = context.term(context.first_term(row) + i);
      const Rect cell = context.stamp_cell(row, term);
      const Rect moved = {cell.x + by.x + gap / 2, cell.y + by.y + gap / 2, cell.w - gap,
                          cell.h - gap};
      const Rgba fill = color_of(scale, static_cast<float>(term.product));
      canvas.fill(moved, fill);
      draw_cell_number(canvas, moved, kit::number_text(term.product, numbers.style), numbers,
                       ink_on(fill));
    }
    kit::draw_frame(canvas, {from.x + by.x, from.y + by.y, from.w, from.h},
                    canvas.palette.weight.line,
                    kit::frame_width(canvas, context.layout.stamp[row].cell));
  }
}

void draw_pointed(kit::Canvas& canvas, const Context& context) {
  const std::optional<session::Target>& hover = context.session.transient.hover;
  if (!hover || (hover->layer >= 0 && hover->layer != context.session.look.layer)) {
    return;
  }
  switch (hover->tensor) {
    case session::TensorRole::kInput:
      return point_at_input(canvas, context, hover->at);
    case session::TensorRole::kOutput:
      return point_at_output(canvas, context, hover->at);
    case session::TensorRole::kWeight:
    case session::TensorRole::kProduct:
      return point_at_weight(canvas, context, hover->at);
    case session::TensorRole::kBias:
    case session::TensorRole::kZeroInserted:
    case session::TensorRole::kFlipped:
    case session::TensorRole::kTarget:
      return;
  }
}

}  // namespace convscope::picture::stamp
