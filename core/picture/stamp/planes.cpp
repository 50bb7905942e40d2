#include <algorithm>

#include "core/picture/kit/cell_number.h"
#include "core/picture/kit/marks.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/tensor_colors.h"
#include "core/picture/stamp/context.h"

namespace convscope::picture::stamp {

namespace {

// Maps of more cells than this are pictures: nothing is drawn cell by cell.
constexpr std::int64_t kMostCells = 4096;
constexpr float kInactive = 0.55F;

kit::PlaneStyle input_style(const Context& context, const Palette& palette, std::int64_t channel) {
  return {.tensor = context.layer.input,
          .n = context.batch(),
          .c = channel,
          .scale = kit::slice_scale(context.look, context.layer, channel, palette)};
}

kit::PlaneStyle weight_style(const Context& context, const Palette& palette, std::size_t row) {
  return {.tensor = context.layer.weight,
          .n = context.channel(),
          .c = context.group_map(row),
          .scale = kit::diverging_scale(context.layer.weight_range, palette),
          .role = session::TensorRole::kWeight};
}

kit::PlaneStyle output_style(const Context& context, const Palette& palette, const Tensor& values,
                             std::size_t row) {
  return {.tensor = values,
          .n = context.batch(),
          .c = context.map(row),
          .scale = product_scale(context, palette),
          .role = session::TensorRole::kOutput};
}

// The products of a row as a plane of their own, to measure their numbers.
kit::PlaneStyle product_style(const Context& context, const Palette& palette, std::size_t row) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < context.taps(); ++i) {
    values.push_back(static_cast<float>(context.term(context.first_term(row) + i).product));
  }
  const conv::Size2& kernel = context.layer.spec.kernel_size;
  return {.tensor = Tensor({1, 1, kernel.h, kernel.w}, std::move(values)),
          .scale = product_scale(context, palette)};
}

// The stamp's taps side by side, whatever its dilation.
kit::Plane taps_of(const Context& context, std::size_t row) {
  kit::Plane taps = context.layout.stamp[row];
  taps.h = context.layer.spec.kernel_size.h;
  taps.w = context.layer.spec.kernel_size.w;
  taps.rect.w = static_cast<float>(taps.w) * taps.cell;
  taps.rect.h = static_cast<float>(taps.h) * taps.cell;
  return taps;
}

kit::NumberFit smallest(const std::vector<kit::NumberFit>& fits) {
  kit::NumberFit all;
  for (std::size_t i = 0; i < fits.size(); ++i) {
    all = i == 0 ? fits[i] : kit::common_fit(all, fits[i]);
  }
  return all;
}

bool row_active(const Context& context, std::size_t row) {
  return context.moment.active_map < 0 || context.moment.active_map == context.group_map(row);
}

void outline_plane(kit::Canvas& canvas, const Rect& rect, Rgba color, bool active) {
  canvas.outline(rect, active ? color : faded(color, 0.45F), canvas.line_width(1.5F),
                 2 * canvas.scale);
}

void draw_input(kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const kit::PlaneStyle style = input_style(context, canvas.palette, context.channel());
  kit::draw_cells(canvas, layout.input, style, layout.view);
  kit::draw_numbers(canvas, layout.input, style, context.numbers.input, layout.view);
  outline_plane(canvas, layout.input.rect, canvas.palette.input.line, true);
  for (std::size_t i = 0; i < layout.channels.size(); ++i) {
    const std::int64_t channel = layout.first_channel + static_cast<std::int64_t>(i);
    const bool active = channel == context.channel();
    kit::PlaneStyle small = input_style(context, canvas.palette, channel);
    small.opacity = active ? 1 : kInactive;
    kit::draw_cells(canvas, layout.channels[i], small, layout.view);
    canvas.outline(layout.channels[i].rect,
                   active ? canvas.palette.input.line : canvas.palette.border,
                   canvas.line_width(active ? 2 : 1), 2 * canvas.scale);
  }
}

void draw_kernel(kit::Canvas& canvas, const Context& context, std::size_t row) {
  const kit::Plane& plane = context.layout.kernel[row];
  const kit::PlaneStyle style = weight_style(context, canvas.palette, row);
  kit::draw_cells(canvas, plane, style, context.layout.view);
  kit::draw_numbers(canvas, plane, style, context.numbers.weight, context.layout.view);
  outline_plane(canvas, plane.rect, canvas.palette.weight.line, row_active(context, row));
}

// The stamp grows product by product; between the taps of a dilated kernel it stays empty.
void draw_stamp(kit::Canvas& canvas, const Context& context, std::size_t row) {
  const kit::Plane& plane = context.layout.stamp[row];
  const float gap = kit::cell_gap(canvas, plane.cell);
  const kit::NumberFit& numbers = context.numbers.product;
  const ColorScale scale = product_scale(context, canvas.palette);
  const bool dilated = context.taps() < plane.h * plane.w;
  canvas.fill(plane.rect,
              dilated || gap <= 0 ? canvas.palette.empty_cell : canvas.palette.cell_line);
  for (std::int64_t i = 0; i < context.taps(); ++i) {
    const conv::StampTerm& term = context.term(context.first_term(row) + i);
    const bool shown = context.shown(context.first_term(row) + i);
    const Rect cell = context.stamp_cell(row, term);
    const Rgba fill =
        shown ? color_of(scale, static_cast<float>(term.product)) : canvas.palette.empty_cell;
    canvas.add(Box{.rect = kit::inner(cell, gap / 2),
                   .fill = fill,
                   .target = session::Target{session::TensorRole::kProduct, term.weight_at}});
    if (shown) {
      draw_cell_number(canvas, cell, kit::number_text(term.product, numbers.style), numbers,
                       ink_on(fill));
    }
  }
  outline_plane(canvas, plane.rect, canvas.palette.weight.line, row_active(context, row));
}

// The cells that padding cuts off: dashed around the output, with what this stamp loses there.
void draw_cut_ring(kit::Canvas& canvas, const Context& context, std::size_t row) {
  const kit::Plane& plane = context.layout.output[row];
  const conv::Pads cut = stamp_border(context.layer).cut;
  if (cut == conv::Pads{}) {
    return;
  }
  const float inset = canvas.line_width(1.5F);
  kit::for_ring(plane, cut, context.layout.view, [&](auto, auto, const Rect& cell) {
    kit::draw_hatch(canvas, cell, context.layout.view, faded(canvas.palette.padding_hatch, 0.4F));
    if (plane.cell >= 10 * canvas.scale) {
      canvas.outline(kit::inner(cell, inset), canvas.palette.padding_hatch, canvas.line_width(1), 0,
                     std::max(2.0F, cell.w / 9));
    }
  });
  const kit::NumberFit& numbers = context.numbers.product;
  for (std::int64_t i = 0; context.moment.landed && numbers.size > 0 && i < context.taps(); ++i) {
    const conv::StampTerm& term = context.term(context.first_term(row) + i);
    if (!term.kept) {
      const Rect cell = plane.cell_at(term.output_at);
      draw_cell_number(canvas, cell, kit::number_text(term.product, numbers.style), numbers,
                       canvas.palette.text_dim, 0.85F);
    }
  }
}

// Small dots at a cell's lower edge, one for each stamp, where there are several.
void draw_pips(kit::Canvas& canvas, const Context& context, const Rect& cell, std::int64_t count,
               float value) {
  constexpr std::int64_t kMostPips = 9;
  if (count < 2 || cell.w < 24 * canvas.scale) {
    return;
  }
  const auto pips = static_cast<float>(std::min(count, kMostPips));
  const float size = std::min({cell.w * 0.07F, 5 * canvas.scale, cell.w * 0.9F / (pips * 1.9F)});
  const float step = size * 1.9F;
  const Rgba fill = color_of(product_scale(context, canvas.palette), value);
  float x = cell.center().x - (pips * step - (step - size)) / 2;
  for (int i = 0; i < static_cast<int>(pips); ++i) {
    canvas.fill({x, cell.bottom() - cell.h * 0.12F - size / 2, size, size},
                faded(ink_on(fill), 0.75F), size / 2);
    x += step;
  }
}

// Sums where stamps have landed, empty places elsewhere.
void draw_output(kit::Canvas& canvas, const Context& context, std::size_t row) {
  const kit::Plane& plane = context.layout.output[row];
  const Rect& view = context.layout.view;
  draw_cut_ring(canvas, context, row);
  if (context.sums.empty()) {
    kit::draw_empty_cells(canvas, plane, session::TensorRole::kOutput, context.batch(),
                          context.map(row), view);
    canvas.centered_text(kit::intersection(plane.rect, view), canvas.locale.text("stage.computing"),
                         Font::kSans, context.layout.caption_size, canvas.palette.text_dim);
    return;
  }
  const kit::PlaneStyle style = output_style(context, canvas.palette, context.sums, row);
  kit::draw_cells(canvas, plane, style, view);
  kit::draw_numbers(canvas, plane, style, context.numbers.output, view);
  const float gap = kit::cell_gap(canvas, plane.cell);
  for (std::int64_t p = 0; plane.h * plane.w <= kMostCells && p < plane.h * plane.w; ++p) {
    const Index at = {context.batch(), context.map(row), p / plane.w, p % plane.w};
    const auto count = static_cast<std::int64_t>(context.counts.at({0, 0, at.y, at.x}));
    const Rect cell = plane.cell_at(at);
    if (count == 0 && !context.moment.complete) {
      canvas.add(Box{.rect = kit::inner(cell, gap / 2),
                     .fill = canvas.palette.empty_cell,
                     .target = session::Target{session::TensorRole::kOutput, at}});
    } else {
      draw_pips(canvas, context, cell, count, context.sums.at(at));
    }
  }
  outline_plane(canvas, plane.rect, canvas.palette.output.line, row_active(context, row));
}

}  // namespace

ColorScale product_scale(const Context& context, const Palette& palette) {
  return kit::output_scale(context.layer, palette);
}

StampNumbers fit_numbers(const kit::Canvas& canvas, const Context& context) {
  const Layout& layout = context.layout;
  const Palette& palette = canvas.palette;
  std::vector<kit::NumberFit> weights;
  std::vector<kit::NumberFit> products;
  std::vector<kit::NumberFit> outputs;
  for (std::size_t row = 0; row < layout.kernel.size(); ++row) {
    weights.push_back(kit::fit_numbers(canvas, layout.kernel[row],
                                       weight_style(context, palette, row), layout.view));
    products.push_back(kit::fit_numbers(canvas, taps_of(context, row),
                                        product_style(context, palette, row), layout.view));
    // The finished map has the longest numbers, mostly: their size stays from step to step.
    for (const Tensor& values : {context.layer.output, context.sums}) {
      if (!values.empty()) {
        outputs.push_back(kit::fit_numbers(
            canvas, layout.output[row], output_style(context, palette, values, row), layout.view));
      }
    }
  }
  const kit::PlaneStyle input = input_style(context, palette, context.channel());
  return {kit::fit_numbers(canvas, layout.input, input, layout.view), smallest(weights),
          smallest(products), smallest(outputs)};
}

void draw_planes(kit::Canvas& canvas, const Context& context) {
  draw_input(canvas, context);
  for (std::size_t row = 0; row < context.layout.kernel.size(); ++row) {
    draw_kernel(canvas, context, row);
    draw_stamp(canvas, context, row);
    draw_output(canvas, context, row);
  }
}

}  // namespace convscope::picture::stamp
