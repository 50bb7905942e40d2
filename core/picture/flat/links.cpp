#include <algorithm>

#include "core/picture/flat/context.h"
#include "core/picture/kit/marks.h"

namespace convscope::picture::flat {

namespace {

// From reflected, replicated and wrapped padding under the window to the cells that it repeats.
void draw_sources(kit::Canvas& canvas, const Context& context, const kit::Plane& plane,
                  std::size_t slice) {
  const std::int64_t per_channel = context.taps_per_channel();
  const std::int64_t from = context.group_channel(slice) * per_channel;
  for (std::int64_t i = from; i < from + per_channel; ++i) {
    const conv::Term& term = context.taps[static_cast<std::size_t>(i)];
    if (term.padding && term.has_source) {
      const Rect there = plane.cell_at(term.input_at);
      const Rect here = plane.cell_at(term.source);
      canvas.line(there.center(), here.center(), faded(canvas.palette.input.line, 0.5F),
                  canvas.line_width(1));
    }
  }
}

// Window to filter, or to the patch: their facing corners.
void link_window(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const Rgba amber = canvas.palette.weight.line;
  if (layout.pixels) {
    const Rect frame = window_rect(context, layout.input.front());
    const Rect& first = layout.lens.front().rect;
    const Rect& last = layout.lens.back().rect;
    if (layout.between) {
      kit::link_right(canvas, frame, first, amber);
    } else if (layout.columns) {
      kit::link_down(canvas, frame, first, amber);
    } else {
      kit::draw_link(canvas, {frame.right(), frame.y}, {first.x, first.y}, amber);
      kit::draw_link(canvas, {frame.right(), frame.bottom()}, {last.x, last.bottom()}, amber);
    }
    return;
  }
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    const Rect frame = window_rect(context, layout.input[slice]);
    const Rect& kernel = layout.middle()[slice].rect;
    if (layout.columns) {
      kit::link_down(canvas, frame, kernel, amber);
    } else {
      kit::link_right(canvas, frame, kernel, amber);
    }
  }
}

// Sums side by side meet on a rail below them; one line leads from it to the output cell.
void link_by_rail(kit::Canvas& canvas, const Context& context, const Rect& cell) {
  const Layout& layout = context.layout;
  const Rgba green = canvas.palette.output.line;
  const float rail = layout.rail;
  float left = cell.center().x;
  for (std::size_t slice = 0; slice < layout.partial.size(); ++slice) {
    if (context.sum_shown(slice)) {
      const Point end = partial_sum_end(canvas, context, slice);
      // Down at the column's edge, clear of the caption below the filter.
      const float x = std::max(end.x, layout.partial[slice].right() - layout.caption_size * 0.3F);
      kit::draw_link(canvas, end, {x, end.y}, green);
      kit::draw_link(canvas, {x, end.y}, {x, rail}, green);
      left = std::min(left, x);
    }
  }
  if (left < cell.center().x) {
    kit::draw_link(canvas, {left, rail}, {cell.center().x, rail}, green);
    kit::draw_link(canvas, {cell.center().x, rail}, {cell.center().x, cell.bottom()}, green);
  }
}

// Filter or patch, or the sums of the slices, to the output cell.
void link_output(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const Rgba green = canvas.palette.output.line;
  const Rect cell = output_cell_rect(context);
  if (!layout.partial.empty() && context.channels() > 1) {
    if (layout.rail > 0) {
      link_by_rail(canvas, context, cell);
      return;
    }
    if (layout.between) {
      kit::link_right(canvas, layout.weight.back().rect, cell, green);
      return;
    }
    // Under pictures only the last sum has a free path; it crosses the map, so it is faint.
    const bool below = layout.columns;
    for (std::size_t slice = below ? layout.partial.size() - 1 : 0; slice < layout.partial.size();
         ++slice) {
      if (context.sum_shown(slice)) {
        const Rect& kernel = layout.weight.back().rect;
        kit::draw_link(
            canvas,
            below ? Point{kernel.right(), kernel.y} : partial_sum_end(canvas, context, slice),
            below ? Point{cell.center().x, cell.bottom()} : Point{cell.x, cell.center().y},
            below ? faded(green, 0.6F) : green);
      }
    }
    return;
  }
  const Rect& kernel = layout.middle().back().rect;
  kit::link_right(canvas, kernel, cell, green);
}

}  // namespace

void draw_links(kit::Canvas& canvas, const Context& context) {
  for (std::size_t slice = 0;
       context.settled() && !context.layout.pixels && slice < context.layout.input.size();
       ++slice) {
    draw_sources(canvas, context, context.layout.input[slice], slice);
  }
  link_window(canvas, context);
  if (context.moment.started) {
    link_output(canvas, context);
  }
}

}  // namespace convscope::picture::flat
