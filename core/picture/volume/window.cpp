#include <algorithm>

#include "core/picture/volume/context.h"

namespace convscope::picture::volume {

namespace {

// The window, through all channels of the filter's group.
Cuboid window_part(const step::WindowScene& scene) {
  const auto z = static_cast<double>(scene.first_channel());
  const step::Moment& moment = scene.moment;
  return {z,
          z + static_cast<double>(scene.channels()),
          moment.window_y,
          moment.window_y + static_cast<double>(moment.step.window.h),
          moment.window_x,
          moment.window_x + static_cast<double>(moment.step.window.w)};
}

Cuboid cell_part(std::int64_t slab, const Index& at) {
  const auto z = static_cast<double>(slab);
  const auto y = static_cast<double>(at.y);
  const auto x = static_cast<double>(at.x);
  return {z, z + 1, y, y + 1, x, x + 1};
}

// The edges of a box: those in front thick, those that recede thinner, those behind it dashed. All
// are seen through the cells.
void draw_box(kit::Canvas& canvas, const Block& block, const Cuboid& part, Rgba color,
              float width) {
  constexpr float kReceding = 0.6F;
  const auto edges = edges_of(block, part);
  for (const Edge& edge : edges) {
    if (edge.hidden) {
      canvas.line(edge.from, edge.to, faded(color, 0.45F), std::max(width * 0.35F, 1.0F),
                  4 * canvas.scale);
    } else if (!edge.front) {
      canvas.line(edge.from, edge.to, color, width * kReceding);
    }
  }
  for (const Edge& edge : edges) {
    if (edge.front) {
      canvas.line(edge.from, edge.to, faded(canvas.palette.background, 0.7F), width * 1.9F);
    }
  }
  for (const Edge& edge : edges) {
    if (edge.front && !edge.hidden) {
      canvas.line(edge.from, edge.to, color, width);
    }
  }
}

float box_width(const kit::Canvas& canvas, const Block& block) {
  return std::min(canvas.line_width(3), std::max(block.unit * 0.12F, canvas.line_width(1.5F)));
}

Cuboid output_cell_part(const Context& context) {
  const Index& at = context.scene.step().output_at;
  return cell_part(slab_of(context.layout.output, at.c), at);
}

// Joins the near edges of the sides that face each other.
void join_blocks(kit::Canvas& canvas, const Block& from, const Cuboid& part, const Block& to,
                 const Cuboid& other, Rgba color) {
  const Rgba quiet = faded(color, 0.6F);
  const float width = canvas.line_width(1.2F);
  canvas.line(from.at(part.z0, part.y0, part.x1), to.at(other.z0, other.y0, other.x0), quiet,
              width);
  canvas.line(from.at(part.z0, part.y1, part.x1), to.at(other.z0, other.y1, other.x0), quiet,
              width);
}

const Block* active_filter(const Context& context) {
  const std::int64_t i = context.scene.step().output_at.c - context.layout.first_filter;
  return i >= 0 && i < static_cast<std::int64_t>(context.layout.filters.size())
             ? &context.layout.filters[static_cast<std::size_t>(i)]
             : nullptr;
}

// Only the edges in front, so that numbers stay legible.
void outline_front(kit::Canvas& canvas, const Block& block, const Cuboid& part, Rgba color,
                   float width) {
  for (const Edge& edge : edges_of(block, part)) {
    if (edge.front) {
      canvas.line(edge.from, edge.to, color, width);
    }
  }
}

void outline_cells(kit::Canvas& canvas, const Block& block, const std::vector<Index>& cells,
                   Rgba color) {
  constexpr std::size_t kMostBoxes = 400;
  const float width = std::min(canvas.line_width(2), std::max(block.unit * 0.1F, 1.0F));
  if (cells.size() <= kMostBoxes && block.unit >= 6 * canvas.scale) {
    for (const Index& at : cells) {
      outline_front(canvas, block, cell_part(at.c, at), color, width);
    }
    return;
  }
  if (cells.empty()) {
    return;
  }
  Cuboid all = cell_part(cells.front().c, cells.front());
  for (const Index& at : cells) {
    const Cuboid one = cell_part(at.c, at);
    all = {std::min(all.z0, one.z0), std::max(all.z1, one.z1), std::min(all.y0, one.y0),
           std::max(all.y1, one.y1), std::min(all.x0, one.x0), std::max(all.x1, one.x1)};
  }
  draw_box(canvas, block, all, color, width);
}

// The cells that a dilated window reads, on its front.
std::vector<Index> taps_in_front(const step::WindowScene& scene) {
  std::vector<Index> taps;
  for (const conv::Term& term : scene.step().terms) {
    if (term.input_at.c == scene.first_channel()) {
      taps.push_back(term.input_at);
    }
  }
  return taps;
}

// One cell as a box, wherever in the block it is.
void draw_cell(kit::Canvas& canvas, const Block& block, const Index& at, Rgba color) {
  const float width = std::min(canvas.line_width(2), std::max(block.unit * 0.1F, 1.0F));
  draw_box(canvas, block, cell_part(at.c, at), color, width);
}

}  // namespace

Point output_cell_place(const Context& context) {
  const Cuboid cell = output_cell_part(context);
  return context.layout.output.at(cell.z0, cell.y0 + 0.5, cell.x0 + 0.5);
}

void draw_volume_links(kit::Canvas& canvas, const Context& context) {
  const Block& input = context.layout.input;
  const Block& output = context.layout.output;
  const Cuboid window = window_part(context.scene);
  const Cuboid cell = output_cell_part(context);
  const Block* filter = active_filter(context);
  if (filter != nullptr) {
    join_blocks(canvas, input, window, *filter, filter->whole(), canvas.palette.weight.line);
  }
  if (context.scene.moment.started) {
    const Block& from = filter != nullptr ? *filter : input;
    join_blocks(canvas, from, filter != nullptr ? filter->whole() : window, output, cell,
                canvas.palette.output.line);
  }
}

void draw_volume_window(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  const Block& input = context.layout.input;
  draw_box(canvas, input, window_part(scene), canvas.palette.weight.line, box_width(canvas, input));
  if (scene.spec().dilation != conv::Size2{1, 1} && scene.moment.window_arrived) {
    outline_cells(canvas, input, taps_in_front(scene), canvas.palette.weight.line);
  }
  if (const Block* filter = active_filter(context); filter != nullptr) {
    draw_box(canvas, *filter, filter->whole(), canvas.palette.weight.line,
             box_width(canvas, *filter) * 0.7F);
  }
  if (scene.moment.active_term >= 0) {
    const conv::Term& term = scene.step().terms[static_cast<std::size_t>(scene.moment.active_term)];
    draw_cell(canvas, input, term.input_at, canvas.palette.text);
    const Index at = conv::equivalent_weight_at(scene.layer.spec, term.weight_at);
    if (const Block* filter = active_filter(context); filter != nullptr) {
      draw_cell(canvas, *filter, at, canvas.palette.text);
    }
  }
  if (scene.moment.started) {
    draw_box(canvas, context.layout.output, output_cell_part(context), canvas.palette.output.line,
             box_width(canvas, context.layout.output));
  }
}

void draw_volume_highlight(kit::Canvas& canvas, const Context& context) {
  const step::WindowScene& scene = context.scene;
  const step::Highlight& lit = scene.lit;
  const Block& input = context.layout.input;
  const Block& output = context.layout.output;
  const Rgba ink = canvas.palette.text;
  const auto in_output = [&](const Index& at) {
    return Index{at.n, slab_of(output, at.c), at.y, at.x};
  };
  if (lit.field) {
    Cuboid field = window_part(scene);
    field.y0 = static_cast<double>(lit.field->window_y);
    field.x0 = static_cast<double>(lit.field->window_x);
    field.y1 = field.y0 + static_cast<double>(lit.field->window.h);
    field.x1 = field.x0 + static_cast<double>(lit.field->window.w);
    draw_box(canvas, input, field, canvas.palette.output.line, canvas.line_width(2));
    outline_cells(canvas, output, {in_output(lit.field->output_at)}, ink);
  }
  std::vector<Index> uses;
  for (const step::Use& use : lit.uses) {
    uses.push_back(in_output(use.output_at));
  }
  outline_cells(canvas, output, uses, ink);
  outline_cells(canvas, input, lit.inputs, canvas.palette.weight.line);
  if (lit.weight && scene.weighted()) {
    const Index at = conv::equivalent_weight_at(scene.layer.spec, *lit.weight);
    const std::int64_t i = at.n - context.layout.first_filter;
    if (i >= 0 && i < static_cast<std::int64_t>(context.layout.filters.size())) {
      draw_cell(canvas, context.layout.filters[static_cast<std::size_t>(i)], at, ink);
    }
  }
  const auto& hover = scene.session.transient.hover;
  if (hover && hover->tensor == session::TensorRole::kInput) {
    draw_cell(canvas, input, conv::equivalent_input_at(scene.layer.spec, hover->at), ink);
  }
}

}  // namespace convscope::picture::volume
