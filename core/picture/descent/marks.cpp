#include <algorithm>
#include <array>

#include "core/picture/descent/stage.h"

namespace convscope::picture::descent {

namespace {

constexpr std::array kFilterPlanes = {DescentPlane::kWeight, DescentPlane::kGradient,
                                      DescentPlane::kStep, DescentPlane::kAfter,
                                      DescentPlane::kGoal};
constexpr std::array kMapPlanes = {DescentPlane::kPrediction, DescentPlane::kTarget,
                                   DescentPlane::kError, DescentPlane::kScaled};

// Seen on cells of any colour, and never smaller than a few pixels.
void frame(kit::Brush& brush, Rect rect, Rgba color, float width) {
  const float smallest = 8 * brush.scale;
  const float grow_x = std::max(0.0F, smallest - rect.w) / 2;
  const float grow_y = std::max(0.0F, smallest - rect.h) / 2;
  rect = {rect.x - grow_x, rect.y - grow_y, rect.w + 2 * grow_x, rect.h + 2 * grow_y};
  brush.outline(rect, faded(brush.palette.background, 0.75F), width * 1.8F, 3 * brush.scale);
  brush.outline(rect, color, width, 3 * brush.scale);
}

float frame_width(const kit::Brush& brush, const flat::Plane& plane) {
  return std::min(brush.line_width(2.5F), std::max(plane.cell * 0.1F, brush.line_width(1)));
}

void frame_cell(kit::Brush& brush, const flat::Plane& plane, const Index& at, Rgba color) {
  frame(brush, plane.cell_at(at), color, frame_width(brush, plane));
}

// The cells of the padded input that meet the places of a map of `count` rows or columns.
struct Reach {
  double from = 0;
  double extent = 0;
};
Reach reach(std::int64_t tap, std::int64_t dilation, std::int64_t pad, std::int64_t stride,
            std::int64_t count) {
  return {static_cast<double>(tap * dilation - pad), static_cast<double>((count - 1) * stride + 1)};
}

// The place in the window of a weight as it is stored.
Index tap_of(const conv::LayerSpec& spec, const Index& weight) {
  return spec.flip ? Index{weight.n, weight.c, spec.kernel_size.h - 1 - weight.y,
                           spec.kernel_size.w - 1 - weight.x}
                   : weight;
}

// All input cells that a weight meets: where the error lies while its gradient is summed.
Rect frame_met_cells(kit::Brush& brush, const DescentStage& stage, const flat::Plane& plane,
                     const Index& weight) {
  const conv::LayerSpec& spec = stage.layer.spec;
  const Shape& map = stage.layer.output_shape;
  const Index tap = tap_of(spec, weight);
  const Reach rows = reach(tap.y, spec.dilation.h, stage.layer.pads.top, spec.stride.h, map.h);
  const Reach columns = reach(tap.x, spec.dilation.w, stage.layer.pads.left, spec.stride.w, map.w);
  const bool apart = spec.stride.h > 1 || spec.stride.w > 1;
  if (apart && plane.cell >= 8 * brush.scale) {
    for (std::int64_t y = 0; y < map.h; ++y) {
      for (std::int64_t x = 0; x < map.w; ++x) {
        brush.outline(plane.cells(rows.from + static_cast<double>(y * spec.stride.h),
                                  columns.from + static_cast<double>(x * spec.stride.w)),
                      brush.palette.output.line, brush.line_width(1.5F), 2 * brush.scale);
      }
    }
  }
  const Rect area = plane.cells(rows.from, columns.from, rows.extent, columns.extent);
  frame(brush, area, brush.palette.output.line, frame_width(brush, plane));
  return area;
}

// The window of one output cell.
void frame_window(kit::Brush& brush, const DescentStage& stage, const flat::Plane& plane,
                  const Index& out) {
  const conv::LayerSpec& spec = stage.layer.spec;
  const conv::Size2 window = conv::dilated_kernel(spec);
  frame(brush,
        plane.cells(static_cast<double>(out.y * spec.stride.h - stage.layer.pads.top),
                    static_cast<double>(out.x * spec.stride.w - stage.layer.pads.left),
                    static_cast<double>(window.h), static_cast<double>(window.w)),
        brush.palette.weight.line, frame_width(brush, plane));
}

// Thin lines from the frame's right edge to the plane that slides.
void link(kit::Brush& brush, const Rect& from, const Rect& to, Rgba color) {
  brush.line({from.right(), from.y}, {to.x, to.y}, faded(color, 0.5F), brush.line_width(1.2F));
  brush.line({from.right(), from.bottom()}, {to.x, to.bottom()}, faded(color, 0.5F),
             brush.line_width(1.2F));
}

bool in_slice(const Index& at, std::int64_t n, std::int64_t c) { return at.n == n && at.c == c; }

// The cell under the pointer, in every plane of its tensor.
void mark_hovered(kit::Brush& brush, const DescentStage& stage) {
  if (!stage.session.transient.hover) {
    return;
  }
  const session::Target& hover = *stage.session.transient.hover;
  const DescentLayout& layout = stage.layout;
  const Rgba ink = brush.palette.text;
  if (hover.tensor == session::TensorRole::kInput &&
      in_slice(hover.at, stage.slice.batch, stage.input_channel())) {
    frame_cell(brush, layout.plane(DescentPlane::kInput), hover.at, ink);
    frame_cell(brush, layout.plane(DescentPlane::kSlid), hover.at, ink);
  } else if (hover.tensor == session::TensorRole::kOutput ||
             hover.tensor == session::TensorRole::kTarget) {
    for (const DescentPlane which : kMapPlanes) {
      frame_cell(brush, layout.plane(which), hover.at, ink);
    }
  }
}

}  // namespace

Index focus_weight(const DescentStage& stage) {
  const DescentMoment& moment = stage.moment;
  const Shape weight = stage.layer.weight.shape();
  const auto cell_under_way = [&](double share) {
    const std::int64_t cells = weight.h * weight.w;
    const auto cell =
        std::min(cells - 1, static_cast<std::int64_t>(share * static_cast<double>(cells) + 0.5));
    return Index{stage.slice.filter, stage.slice.channel, cell / weight.w, cell % weight.w};
  };
  if (moment.phase == DescentPhase::kGradient && moment.differentiated < 1) {
    return cell_under_way(moment.differentiated);
  }
  if (moment.phase == DescentPhase::kUpdate && moment.updated < 1) {
    return cell_under_way(moment.updated);
  }
  const auto& hover = stage.session.transient.hover;
  const bool on_weight = hover && (hover->tensor == session::TensorRole::kProduct ||
                                   hover->tensor == session::TensorRole::kWeight);
  return on_weight && contains(weight, hover->at)
             ? hover->at
             : Index{stage.slice.filter, stage.slice.channel, 0, 0};
}

std::optional<Index> focus_output(const DescentStage& stage) {
  const DescentMoment& moment = stage.moment;
  if (moment.phase == DescentPhase::kPredict && moment.predicted < 1) {
    const Shape& map = stage.layer.output_shape;
    const std::int64_t cells = map.h * map.w;
    const auto cell = std::min(
        cells - 1, static_cast<std::int64_t>(moment.predicted * static_cast<double>(cells) + 0.5));
    return Index{stage.slice.batch, stage.slice.filter, cell / map.w, cell % map.w};
  }
  const auto& hover = stage.session.transient.hover;
  const bool on_map = hover && (hover->tensor == session::TensorRole::kOutput ||
                                hover->tensor == session::TensorRole::kTarget);
  return on_map ? std::optional(hover->at) : std::nullopt;
}

void draw_descent_marks(kit::Brush& brush, const DescentStage& stage) {
  const DescentLayout& layout = stage.layout;
  if (const std::optional<Index> out = focus_output(stage)) {
    frame_window(brush, stage, layout.plane(DescentPlane::kInput), *out);
    frame_cell(brush, layout.plane(DescentPlane::kPrediction), *out, brush.palette.output.line);
  }
  const Index weight = focus_weight(stage);
  if (stage.moment.differentiated > 0) {
    const flat::Plane& slid = layout.plane(DescentPlane::kSlid);
    link(brush, frame_met_cells(brush, stage, slid, weight),
         layout.plane(DescentPlane::kScaled).rect, brush.palette.output.line);
    for (const DescentPlane which : kFilterPlanes) {
      const bool there =
          which == DescentPlane::kWeight || which == DescentPlane::kGradient ||
          (which == DescentPlane::kGoal ? stage.goal
                                        : stage.moment.after && stage.moment.updated > 0);
      if (there) {
        frame_cell(brush, layout.plane(which), weight, brush.palette.weight.line);
      }
    }
  }
  mark_hovered(brush, stage);
}

}  // namespace convscope::picture::descent
