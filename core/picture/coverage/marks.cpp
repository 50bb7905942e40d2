#include <algorithm>

#include "core/conv/analysis/receptive_field.h"
#include "core/picture/coverage/context.h"
#include "core/picture/kit/marks.h"

namespace convscope::picture::coverage {

namespace {

// Up to so many cells are marked one by one; more can't be told apart.
constexpr std::size_t kMostMarks = 4096;

// The current pair: a window and its output cell, or an input cell and its stamp.
struct MarkedPair {
  std::optional<Rect> input;  // nothing under a window over zeros only
  Rect output;
};

MarkedPair pair_of(const Context& context) {
  const CoverageMoment& moment = context.moment;
  const conv::LayerSpec& spec = context.layer.spec;
  const kit::Plane& input = context.layout.input.plane;
  const kit::Plane& output = context.layout.output.plane;
  const conv::Pads& pads = context.layer.pads;
  const conv::Size2 reach = conv::dilated_kernel(spec);
  const auto rows = static_cast<double>(reach.h);
  const auto columns = static_cast<double>(reach.w);
  const auto place = [](double at, std::int64_t stride, std::int64_t pad) {
    return at * static_cast<double>(stride) - static_cast<double>(pad);
  };
  const double y = place(moment.y, spec.stride.h, pads.top);
  const double x = place(moment.x, spec.stride.w, pads.left);
  if (moment.scatter_add) {
    return {input.cells(moment.y, moment.x), output.cells(y, x, rows, columns)};
  }
  if (!context.transposed()) {
    return {input.cells(y, x, rows, columns), output.cells(moment.y, moment.x)};
  }
  // The window lies over inserted zeros too; only the input's own cells are marked.
  const conv::CellRect seen =
      conv::field_below(spec, context.layer.input.shape(),
                        {{moment.row, moment.row}, {moment.column, moment.column}});
  MarkedPair pair{std::nullopt, output.cells(moment.y, moment.x)};
  if (seen.y.size() > 0 && seen.x.size() > 0) {
    pair.input = input.cells(seen.y.first, seen.x.first, seen.y.size(), seen.x.size());
  }
  return pair;
}

// All cells of rows x columns.
void mark_cells(kit::Canvas& canvas, const kit::Plane& plane, const std::vector<std::int64_t>& rows,
                const std::vector<std::int64_t>& columns) {
  if (rows.size() * columns.size() > kMostMarks) {
    return;
  }
  for (const std::int64_t y : rows) {
    for (const std::int64_t x : columns) {
      kit::mark_cell(canvas, plane.cells(y, x), canvas.palette.text);
    }
  }
}

// What is pointed at, and the cells on the other side that share a window with it.
void draw_pointed(kit::Canvas& canvas, const Context& context) {
  const std::optional<session::Target> target = pointed_at(context);
  if (!target) {
    return;
  }
  const Index& at = target->at;
  const conv::WindowAxes axes = conv::window_axes(context.layer.spec, context.layer.input.shape());
  const kit::Plane& input = context.layout.input.plane;
  const kit::Plane& output = context.layout.output.plane;
  if (target->tensor == session::TensorRole::kInput) {
    kit::mark_cell(canvas, input.cell_at(at), canvas.palette.text);
    mark_cells(canvas, output, windows_reading(axes.rows, at.y),
               windows_reading(axes.columns, at.x));
  } else {
    kit::mark_cell(canvas, output.cell_at(at), canvas.palette.text);
    mark_cells(canvas, input, cells_read(axes.rows, at.y), cells_read(axes.columns, at.x));
  }
}

}  // namespace

std::optional<session::Target> pointed_at(const Context& context) {
  const std::optional<session::Target>& hover = context.session.transient.hover;
  if (!hover || (hover->layer >= 0 && hover->layer != context.session.look.layer)) {
    return std::nullopt;
  }
  const Shape& in = context.layer.input.shape();
  const bool input = hover->tensor == session::TensorRole::kInput && contains(in, hover->at);
  const bool output = hover->tensor == session::TensorRole::kOutput &&
                      contains(context.layer.output_shape, hover->at);
  return input || output ? hover : std::nullopt;
}

void draw_links(kit::Canvas& canvas, const Context& context) {
  const MarkedPair pair = pair_of(context);
  if (context.moment.started && pair.input) {
    const Palette& palette = canvas.palette;
    const auto link = context.layout.stacked ? kit::link_down : kit::link_right;
    link(canvas, *pair.input, pair.output,
         context.moment.scatter_add ? palette.input.line : palette.weight.line);
  }
}

void draw_marks(kit::Canvas& canvas, const Context& context) {
  const MarkedPair pair = pair_of(context);
  const Palette& palette = canvas.palette;
  const bool scatter_add = context.moment.scatter_add;
  if (pair.input) {
    kit::draw_frame(canvas, *pair.input, scatter_add ? palette.input.line : palette.weight.line,
                    kit::frame_width(canvas, context.layout.input.plane.cell));
  }
  if (context.moment.started) {
    kit::draw_frame(canvas, pair.output, scatter_add ? palette.weight.line : palette.output.line,
                    kit::frame_width(canvas, context.layout.output.plane.cell));
  }
  draw_pointed(canvas, context);
}

}  // namespace convscope::picture::coverage
