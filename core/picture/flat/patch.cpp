#include <algorithm>
#include <limits>
#include <string>

#include "core/conv/operators/operator.h"
#include "core/picture/flat/context.h"
#include "core/picture/kit/cell_number.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/tensor_colors.h"

namespace convscope::picture::flat {

namespace {

kit::PlaneStyle patch_style(const Context& context, const Palette& palette, std::size_t slice) {
  const conv::Size2 kernel = context.layer.spec.kernel_size;
  const auto from = context.group_channel(slice) * context.taps_per_channel();
  std::vector<float> values;
  for (std::int64_t i = from; i < from + context.taps_per_channel(); ++i) {
    values.push_back(context.taps[static_cast<std::size_t>(i)].input);
  }
  return {.tensor = Tensor({1, 1, kernel.h, kernel.w}, std::move(values)),
          .scale =
              kit::slice_scale(context.look, context.layer, context.input_channel(slice), palette)};
}

// What a pool does not count is no number.
std::string cell_text(const Context& context, const conv::Term& term) {
  if (!term.counted) {
    return context.operation().padding == conv::PaddingRole::kIgnored
               ? kit::number_text(-std::numeric_limits<double>::infinity())
               : "";
  }
  return kit::number_text(term.input, context.numbers.lens.style);
}

// One cell of the patch, with its number and the weight that it meets.
void draw_patch_cell(kit::Canvas& canvas, const Context& context, const Rect& cell,
                     const conv::Term& term, const ColorScale& scale) {
  const kit::NumberFit& numbers = context.numbers.lens;
  const float gap = kit::cell_gap(canvas, cell.w);
  const bool inserted = !term.padding && !term.has_source;
  const Rgba fill = term.padding ? canvas.palette.padding_fill
                    : inserted   ? canvas.palette.background
                                 : color_of(scale, term.input);
  const bool zero_inserted = context.operation().transposed();
  canvas.add(Box{.rect = kit::inner(cell, gap / 2),
                 .fill = fill,
                 .stroke = term.padding ? canvas.palette.padding_hatch : kTransparent,
                 .stroke_width = term.padding ? canvas.line_width(1) : 0,
                 .dash = term.padding ? std::max(2.0F, cell.w / 9) : 0,
                 .target = session::Target{zero_inserted ? session::TensorRole::kZeroInserted
                                                         : session::TensorRole::kInput,
                                           term.input_at}});
  if (numbers.size > 0) {
    Rect place = cell;
    place.y -= context.numbers.chip > 0 ? cell.h * 0.09F : 0;
    draw_cell_number(canvas, place, cell_text(context, term), numbers, ink_on(fill));
    draw_weight_chip(canvas, context, cell, term.weight);
  }
}

}  // namespace

kit::NumberFit fit_patch(const kit::Canvas& canvas, const Context& context) {
  kit::NumberFit fit;
  for (std::size_t slice = 0; slice < context.layout.lens.size(); ++slice) {
    const kit::NumberFit one =
        kit::fit_numbers(canvas, context.layout.lens[slice],
                         patch_style(context, canvas.palette, slice), context.layout.view);
    fit = slice == 0 ? one : kit::common_fit(fit, one);
  }
  return fit;
}

void draw_patch(kit::Canvas& canvas, const Context& context, std::size_t slice) {
  const kit::Plane& plane = context.layout.lens[slice];
  const auto from = context.group_channel(slice) * context.taps_per_channel();
  const ColorScale scale =
      kit::slice_scale(context.look, context.layer, context.input_channel(slice), canvas.palette);
  canvas.fill(plane.rect, canvas.palette.cell_line);
  for (std::int64_t i = 0; i < context.taps_per_channel(); ++i) {
    const Rect cell = plane.cells(i / plane.w, i % plane.w);
    draw_patch_cell(canvas, context, cell, context.taps[static_cast<std::size_t>(from + i)], scale);
    draw_tap_rings(canvas, context, from + i, cell);
  }
  outline_plane(canvas, plane.rect, canvas.palette.input.line, context.is_active(slice));
}

}  // namespace convscope::picture::flat
