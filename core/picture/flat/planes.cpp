#include <algorithm>

#include "core/conv/operators/operator.h"
#include "core/picture/flat/context.h"
#include "core/picture/kit/marks.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/kit/veil.h"

namespace convscope::picture::flat {

namespace {

constexpr float kInactive = 0.6F;
// What was computed before a click took the moment back.
constexpr float kKept = 0.45F;

kit::PlaneStyle input_style(const Context& context, const Palette& palette, std::size_t slice) {
  const std::int64_t channel = context.input_channel(slice);
  kit::PlaneStyle style{.tensor = context.layer.input, .n = context.batch(), .c = channel};
  if (context.operation().transposed()) {
    style.role = session::TensorRole::kZeroInserted;
    style.stretch = context.own.equivalent.stretch;
  }
  style.scale = kit::slice_scale(context.look, context.layer, channel, palette);
  if (context.layout.merged_rgb) {
    style.c = 0;
    style.scale = ColorScale{.kind = ColorScale::Kind::kRgb, .low = 0, .high = 255};
  }
  return style;
}

kit::PlaneStyle weight_style(const Context& context, const Palette& palette, std::size_t slice) {
  return {.tensor = context.layer.weight,
          .n = context.filter(),
          .c = context.group_channel(slice),
          .scale = kit::diverging_scale(context.layer.weight_range, palette),
          .role = context.own.equivalent.flipped ? session::TensorRole::kFlipped
                                                 : session::TensorRole::kWeight};
}

kit::PlaneStyle output_style(const Context& context, const Palette& palette, std::int64_t filter) {
  return {.tensor = context.layer.output,
          .n = context.batch(),
          .c = filter,
          .scale = kit::output_scale(context.layer, palette),
          .role = session::TensorRole::kOutput,
          .revealed = context.whole_map ? -1 : context.revealed_of(filter)};
}

// The cells behind the moment that had been computed; none mostly.
kit::PlaneStyle kept_style(const Context& context, const Palette& palette, std::int64_t filter) {
  kit::PlaneStyle style = output_style(context, palette, filter);
  style.first = std::max<std::int64_t>(style.revealed, 0);
  style.revealed = context.whole_map ? 0 : context.kept_of(filter);
  style.opacity = kKept;
  return style;
}

kit::PlaneStyle comparison_style(const Context& context, const Palette& palette) {
  kit::PlaneStyle style = output_style(context, palette, context.filter());
  style.tensor = context.own.unflipped;
  return style;
}

template <typename StyleOf>
kit::NumberFit fit_all(const kit::Canvas& canvas, const Context& context,
                       const std::vector<kit::Plane>& planes, const StyleOf& style_of) {
  kit::NumberFit fit;
  for (std::size_t i = 0; i < planes.size(); ++i) {
    const kit::NumberFit one = kit::fit_numbers(
        canvas, planes[i], style_of(context, canvas.palette, i), context.layout.view);
    fit = i == 0 ? one : kit::common_fit(fit, one);
  }
  return fit;
}

// Rows and columns that no window reads, of the padding too, as hatched bands over cells and
// numbers, which both fade equally.
void hatch_never_read(kit::Canvas& canvas, const Context& context, const kit::Plane& plane) {
  if (context.layout.pixels || context.keeps_size) {
    return;
  }
  const auto band = [&](std::int64_t y, std::int64_t x, std::int64_t rows, std::int64_t columns,
                        const Rgba& color) {
    const Rect rect = plane.cells(y, x, rows, columns);
    if (!kit::meet(rect, context.layout.view)) {
      return;
    }
    canvas.fill(kit::intersection(rect, context.layout.view),
                faded(canvas.palette.background, 0.35F));
    kit::draw_hatch(canvas, rect, context.layout.view, color, 9);
  };
  // On the hatch of the padding itself another colour tells what is dropped.
  const Rgba on_padding = faded(canvas.palette.warning, 0.6F);
  const Rgba on_cells = faded(canvas.palette.padding_hatch, 0.8F);
  const step::DroppedPadding dropped = step::dropped_padding(context.own);
  const conv::Pads& ring = context.layer.pads;
  const std::int64_t end = plane.w + ring.right;
  band(plane.h + ring.bottom - dropped.rows, -ring.left, dropped.rows, ring.left + end, on_padding);
  band(-ring.top, end - dropped.columns, ring.top + plane.h + ring.bottom - dropped.rows,
       dropped.columns, on_padding);
  const step::UnreadCells unread = step::unread_cells(context.own);
  for (const std::int64_t y : unread.rows) {
    band(y, 0, 1, plane.w, on_cells);
  }
  for (const std::int64_t x : unread.columns) {
    band(0, x, plane.h, 1, on_cells);
  }
}

// Cells of the slice that the window covers now; none while it moves.
std::vector<Index> covered_cells(const Context& context, std::size_t slice) {
  std::vector<Index> cells;
  if (!context.settled() || context.layout.pixels || context.numbers.chip <= 0) {
    return cells;
  }
  const std::int64_t per_channel = context.taps_per_channel();
  const std::int64_t from = context.group_channel(slice) * per_channel;
  for (std::int64_t i = from; i < from + per_channel; ++i) {
    cells.push_back(context.taps[static_cast<std::size_t>(i)].input_at);
  }
  return cells;
}

// Negative cells, which a ReLU drops: hatched so that their numbers stay legible.
void hatch_negative(kit::Canvas& canvas, const Context& context, const kit::Plane& plane,
                    const kit::PlaneStyle& style) {
  if (plane.cell < kit::kNumbersFrom * canvas.scale) {
    return;
  }
  kit::for_cells(plane, context.layout.view, [&](std::int64_t y, std::int64_t x, const Rect& cell) {
    if (style.tensor.at({style.n, style.c, y, x}) < 0) {
      kit::draw_hatch(canvas, cell, context.layout.view, faded(canvas.palette.background, 0.6F), 9,
                      2);
    }
  });
}

// The input's own cells among the inserted zeros.
void outline_own_cells(kit::Canvas& canvas, const Context& context, const kit::Plane& plane) {
  const conv::Size2 stretch = context.own.equivalent.stretch;
  if (stretch == conv::Size2{1, 1} || plane.cell < kit::kNumbersFrom * canvas.scale) {
    return;
  }
  kit::for_cells(plane, context.layout.view, [&](std::int64_t y, std::int64_t x, const Rect& cell) {
    if (y % stretch.h == 0 && x % stretch.w == 0) {
      canvas.outline(kit::inner(cell, canvas.line_width(1)), canvas.palette.input.line,
                     canvas.line_width(1.5F), 2 * canvas.scale);
    }
  });
}

void draw_input_cells(kit::Canvas& canvas, const Context& context, std::size_t slice) {
  const kit::Plane& plane = context.layout.input[slice];
  const kit::PlaneStyle style = input_style(context, canvas.palette, slice);
  kit::draw_padding(canvas, plane, style, context.layer, context.numbers.input,
                    context.layout.view);
  kit::draw_cells(canvas, plane, style, context.layout.view);
  if (!context.operation().reads(conv::Setting::kKernelSize) && !context.layout.merged_rgb) {
    hatch_negative(canvas, context, plane, style);
  }
  outline_own_cells(canvas, context, plane);
  outline_plane(canvas, plane.rect, canvas.palette.input.line, context.is_active(slice));
}

// A map: empty cells, and what has been computed.
void draw_map_cells(kit::Canvas& canvas, const Context& context, const kit::Plane& plane,
                    std::int64_t filter, float opacity) {
  kit::PlaneStyle style = output_style(context, canvas.palette, filter);
  if (!context.keeps_size) {
    kit::draw_empty_cells(canvas, plane, session::TensorRole::kOutput, context.batch(), filter,
                          context.layout.view);
  }
  kit::PlaneStyle kept = kept_style(context, canvas.palette, filter);
  if (kept.revealed > kept.first) {
    kept.opacity *= opacity;
    kit::draw_cells(canvas, plane, kept, context.layout.view);
  }
  style.opacity = opacity;
  kit::draw_cells(canvas, plane, style, context.layout.view);
}

void draw_comparison_cells(kit::Canvas& canvas, const Context& context) {
  const kit::Plane& plane = *context.layout.comparison;
  kit::draw_empty_cells(canvas, plane, session::TensorRole::kOutput, context.batch(),
                        context.filter(), context.layout.view);
  kit::draw_cells(canvas, plane, comparison_style(context, canvas.palette), context.layout.view);
  outline_plane(canvas, plane.rect, canvas.palette.border, true);
}

void draw_output_cells(kit::Canvas& canvas, const Context& context) {
  if (context.layout.comparison) {
    draw_comparison_cells(canvas, context);  // first: a cell of the map is found in the map
  }
  const kit::Plane& plane = context.layout.output;
  draw_map_cells(canvas, context, plane, context.filter(), 1);
  if (!context.keeps_size) {
    outline_plane(canvas, plane.rect, canvas.palette.output.line, true);
  } else if (context.moment.revealed == 0) {
    // Of a size that says nothing of the map's.
    const float side = std::max(1.5F * plane.cell, 4 * context.layout.caption_size);
    const Rect veil = {plane.rect.x, plane.rect.y, side, side};
    kit::draw_veil(canvas, kit::intersection(veil, context.layout.view));
  }
  if (context.layer.output.empty()) {
    canvas.centered_text(kit::intersection(plane.rect, context.layout.view),
                         canvas.locale.text("stage.computing"), Font::kSans,
                         context.layout.caption_size, canvas.palette.text_dim);
  }
  for (std::size_t i = 0; i < context.layout.thumbnails.size(); ++i) {
    const std::int64_t filter = context.layout.first_thumbnail + static_cast<std::int64_t>(i);
    const bool active = filter == context.filter();
    const kit::Plane& small = context.layout.thumbnails[i];
    draw_map_cells(canvas, context, small, filter, active ? 1 : kInactive);
    canvas.outline(small.rect, active ? canvas.palette.output.line : canvas.palette.border,
                   canvas.line_width(active ? 2 : 1), 2 * canvas.scale);
  }
}

}  // namespace

void outline_plane(kit::Canvas& canvas, const Rect& rect, Rgba color, bool active) {
  canvas.outline(rect, active ? color : faded(color, 0.45F), canvas.line_width(1.5F),
                 2 * canvas.scale);
}

std::int64_t Context::active_tap() const {
  if (step().fold == conv::Fold::kCopy) {
    return settled() ? filter() % taps_per_channel() : -1;
  }
  return moment.active_term;
}

std::int64_t Context::taken_tap() const { return moment.total_shown ? step().winner : -1; }

std::int64_t Context::cells_of(std::int64_t positions, std::int64_t filter) const {
  const std::int64_t cells = layer.output_shape.h * layer.output_shape.w;
  const std::int64_t before = (batch() * layer.output_shape.c + filter) * cells;
  return std::clamp<std::int64_t>(positions - before, 0, cells);
}

FlatNumbers fit_numbers(const kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  FlatNumbers numbers;
  if (!layout.merged_rgb) {
    numbers.input = fit_all(canvas, context, layout.input, input_style);
  }
  numbers.lens = fit_patch(canvas, context);
  numbers.weight = fit_all(canvas, context, layout.weight, weight_style);
  if (layout.weight.empty() && context.weighted() && !layout.input.empty()) {
    // Without a filter its weights still stand in the corners of covered cells.
    const conv::Size2& kernel = context.layer.spec.kernel_size;
    const kit::Plane covered = kit::plane_at(layout.view.x, layout.view.y, {kernel.h, kernel.w},
                                             layout.input.front().cell);
    numbers.weight =
        kit::fit_numbers(canvas, covered, weight_style(context, canvas.palette, 0), layout.view);
  }
  if (!context.layer.output.empty() && layout.output.h > 0) {
    numbers.output =
        kit::fit_numbers(canvas, layout.output,
                         output_style(context, canvas.palette, context.filter()), layout.view);
  }
  if (layout.comparison) {
    numbers.comparison = kit::fit_numbers(canvas, *layout.comparison,
                                          comparison_style(context, canvas.palette), layout.view);
  }
  return numbers;
}

void draw_cells(kit::Canvas& canvas, const Context& context) {
  // Back to front, so that a stack of slices shows its first one.
  for (std::size_t slice = context.layout.input.size(); slice-- > 0;) {
    draw_input_cells(canvas, context, slice);
  }
  for (std::size_t slice = 0; slice < context.layout.weight.size(); ++slice) {
    const kit::Plane& plane = context.layout.weight[slice];
    kit::draw_cells(canvas, plane, weight_style(context, canvas.palette, slice),
                    context.layout.view);
    outline_plane(canvas, plane.rect, canvas.palette.weight.line, context.is_active(slice));
  }
  if (context.layout.output.h > 0) {
    draw_output_cells(canvas, context);
  }
}

void draw_numbers(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const std::size_t slices = layout.stacked ? 1 : layout.input.size();
  for (std::size_t slice = 0; slice < slices; ++slice) {
    kit::draw_numbers(canvas, layout.input[slice], input_style(context, canvas.palette, slice),
                      context.numbers.input, layout.view, covered_cells(context, slice));
    hatch_never_read(canvas, context, layout.input[slice]);
  }
  for (std::size_t slice = 0; slice < layout.lens.size(); ++slice) {
    draw_patch(canvas, context, slice);
  }
  for (std::size_t slice = 0; slice < layout.weight.size(); ++slice) {
    kit::draw_numbers(canvas, layout.weight[slice], weight_style(context, canvas.palette, slice),
                      context.numbers.weight, layout.view);
  }
  if (layout.comparison) {
    kit::draw_numbers(canvas, *layout.comparison, comparison_style(context, canvas.palette),
                      context.numbers.comparison, layout.view);
  }
  if (layout.output.h == 0) {
    return;
  }
  kit::draw_numbers(canvas, layout.output, kept_style(context, canvas.palette, context.filter()),
                    context.numbers.output, layout.view);
  kit::draw_numbers(canvas, layout.output, output_style(context, canvas.palette, context.filter()),
                    context.numbers.output, layout.view);
}

}  // namespace convscope::picture::flat
