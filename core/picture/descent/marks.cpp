#include <algorithm>
#include <array>

#include "core/picture/descent/context.h"
#include "core/picture/kit/marks.h"

namespace convscope::picture::descent {

namespace {

constexpr std::array kFilterPlanes = {DescentPlane::kWeight, DescentPlane::kGradient,
                                      DescentPlane::kStep, DescentPlane::kAfter,
                                      DescentPlane::kGoal};
constexpr std::array kMapPlanes = {DescentPlane::kPrediction, DescentPlane::kTarget,
                                   DescentPlane::kError, DescentPlane::kScaled};

float frame_width(const kit::Canvas& canvas, const kit::Plane& plane) {
  return kit::frame_width(canvas, plane.cell, 2.5F);
}

void frame_cell(kit::Canvas& canvas, const kit::Plane& plane, const Index& at, Rgba color) {
  kit::draw_frame(canvas, plane.cell_at(at), color, frame_width(canvas, plane));
}

// The cells of the padded input that meet the places of a map of `count` rows or columns.
struct Reach {
  std::int64_t from = 0;
  std::int64_t extent = 0;
};
Reach reach(std::int64_t tap, std::int64_t dilation, std::int64_t pad, std::int64_t stride,
            std::int64_t count) {
  return {tap * dilation - pad, (count - 1) * stride + 1};
}

// The place in the window of a weight as it is stored.
Index tap_of(const conv::LayerSpec& spec, const Index& weight) {
  return spec.flip ? Index{weight.n, weight.c, spec.kernel_size.h - 1 - weight.y,
                           spec.kernel_size.w - 1 - weight.x}
                   : weight;
}

// All input cells that a weight meets: where the error lies while its gradient is summed.
Rect frame_met_cells(kit::Canvas& canvas, const Context& context, const kit::Plane& plane,
                     const Index& weight) {
  const conv::LayerSpec& spec = context.layer.spec;
  const Shape& map = context.layer.output_shape;
  const Index tap = tap_of(spec, weight);
  const Reach rows = reach(tap.y, spec.dilation.h, context.layer.pads.top, spec.stride.h, map.h);
  const Reach columns =
      reach(tap.x, spec.dilation.w, context.layer.pads.left, spec.stride.w, map.w);
  const bool apart = spec.stride.h > 1 || spec.stride.w > 1;
  if (apart && plane.cell >= 8 * canvas.scale) {
    for (std::int64_t y = 0; y < map.h; ++y) {
      for (std::int64_t x = 0; x < map.w; ++x) {
        canvas.outline(plane.cells(rows.from + y * spec.stride.h, columns.from + x * spec.stride.w),
                       canvas.palette.output.line, canvas.line_width(1.5F), 2 * canvas.scale);
      }
    }
  }
  const Rect area = plane.cells(rows.from, columns.from, rows.extent, columns.extent);
  kit::draw_frame(canvas, area, canvas.palette.output.line, frame_width(canvas, plane));
  return area;
}

// The window of one output cell.
void frame_window(kit::Canvas& canvas, const Context& context, const kit::Plane& plane,
                  const Index& out) {
  const conv::LayerSpec& spec = context.layer.spec;
  const conv::Size2 window = conv::dilated_kernel(spec);
  kit::draw_frame(canvas,
                  plane.cells(out.y * spec.stride.h - context.layer.pads.top,
                              out.x * spec.stride.w - context.layer.pads.left, window.h, window.w),
                  canvas.palette.weight.line, frame_width(canvas, plane));
}

bool in_slice(const Index& at, std::int64_t n, std::int64_t c) { return at.n == n && at.c == c; }

// The cell under the pointer, in every plane of its tensor.
void mark_hovered(kit::Canvas& canvas, const Context& context) {
  if (!context.session.transient.hover) {
    return;
  }
  const session::Target& hover = *context.session.transient.hover;
  const Layout& layout = context.layout;
  const Rgba ink = canvas.palette.text;
  if (hover.tensor == session::TensorRole::kInput &&
      in_slice(hover.at, context.slice.batch, context.input_channel())) {
    frame_cell(canvas, layout.plane(DescentPlane::kInput), hover.at, ink);
    frame_cell(canvas, layout.plane(DescentPlane::kSlid), hover.at, ink);
  } else if (hover.tensor == session::TensorRole::kOutput ||
             hover.tensor == session::TensorRole::kTarget) {
    for (const DescentPlane which : kMapPlanes) {
      frame_cell(canvas, layout.plane(which), hover.at, ink);
    }
  }
}

}  // namespace

Index focus_weight(const Context& context) {
  const DescentMoment& moment = context.moment;
  const Shape weight = context.layer.weight.shape();
  const auto cell_under_way = [&](double share) {
    const std::int64_t cells = weight.h * weight.w;
    const auto cell =
        std::min(cells - 1, static_cast<std::int64_t>(share * static_cast<double>(cells) + 0.5));
    return Index{context.slice.filter, context.slice.channel, cell / weight.w, cell % weight.w};
  };
  if (moment.phase == DescentPhase::kGradient && moment.differentiated < 1) {
    return cell_under_way(moment.differentiated);
  }
  if (moment.phase == DescentPhase::kUpdate && moment.updated < 1) {
    return cell_under_way(moment.updated);
  }
  const auto& hover = context.session.transient.hover;
  const bool on_weight = hover && (hover->tensor == session::TensorRole::kProduct ||
                                   hover->tensor == session::TensorRole::kWeight);
  return on_weight && contains(weight, hover->at)
             ? hover->at
             : Index{context.slice.filter, context.slice.channel, 0, 0};
}

std::optional<Index> focus_output(const Context& context) {
  const DescentMoment& moment = context.moment;
  if (moment.phase == DescentPhase::kPredict && moment.predicted < 1) {
    const Shape& map = context.layer.output_shape;
    const std::int64_t cells = map.h * map.w;
    const auto cell = std::min(
        cells - 1, static_cast<std::int64_t>(moment.predicted * static_cast<double>(cells) + 0.5));
    return Index{context.slice.batch, context.slice.filter, cell / map.w, cell % map.w};
  }
  const auto& hover = context.session.transient.hover;
  const bool on_map = hover && (hover->tensor == session::TensorRole::kOutput ||
                                hover->tensor == session::TensorRole::kTarget);
  return on_map ? std::optional(hover->at) : std::nullopt;
}

void draw_descent_marks(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  if (const std::optional<Index> out = focus_output(context)) {
    frame_window(canvas, context, layout.plane(DescentPlane::kInput), *out);
    frame_cell(canvas, layout.plane(DescentPlane::kPrediction), *out, canvas.palette.output.line);
  }
  const Index weight = focus_weight(context);
  if (context.moment.differentiated > 0) {
    const kit::Plane& slid = layout.plane(DescentPlane::kSlid);
    kit::link_right(canvas, frame_met_cells(canvas, context, slid, weight),
                    layout.plane(DescentPlane::kScaled).rect, canvas.palette.output.line);
    for (const DescentPlane which : kFilterPlanes) {
      const bool there =
          which == DescentPlane::kWeight || which == DescentPlane::kGradient ||
          (which == DescentPlane::kGoal ? context.goal
                                        : context.moment.after && context.moment.updated > 0);
      if (there) {
        frame_cell(canvas, layout.plane(which), weight, canvas.palette.weight.line);
      }
    }
  }
  mark_hovered(canvas, context);
}

}  // namespace convscope::picture::descent
