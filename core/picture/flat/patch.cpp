#include <algorithm>
#include <limits>
#include <string>

#include "core/picture/cell_number.h"
#include "core/picture/flat/stage.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/stage_colors.h"

namespace convscope::picture::flat {

namespace {

kit::PlaneStyle patch_style(const FlatStage& stage, const Palette& palette, std::size_t slice) {
  const conv::Size2 kernel = stage.layer.spec.kernel_size;
  const auto from = stage.group_channel(slice) * stage.taps_per_channel();
  std::vector<float> values;
  for (std::int64_t i = from; i < from + stage.taps_per_channel(); ++i) {
    values.push_back(stage.taps[static_cast<std::size_t>(i)].input);
  }
  return {.tensor = Tensor({1, 1, kernel.h, kernel.w}, std::move(values)),
          .scale = kit::slice_scale(stage.look, stage.layer, stage.input_channel(slice), palette)};
}

// What a pool does not count is no number.
std::string cell_text(const FlatStage& stage, const conv::Term& term) {
  if (!term.counted) {
    return stage.op() == conv::Op::kMaxPool
               ? kit::number_text(-std::numeric_limits<double>::infinity())
               : "";
  }
  return kit::number_text(term.input, stage.numbers.lens.style);
}

// One cell of the patch, with its number and the weight that it meets.
void draw_patch_cell(kit::Brush& brush, const FlatStage& stage, const Rect& cell,
                     const conv::Term& term, const ColorScale& scale) {
  const kit::NumberFit& numbers = stage.numbers.lens;
  const float gap = kit::cell_gap(brush, cell.w);
  const bool inserted = !term.padding && !term.has_source;
  const Rgba fill = term.padding ? brush.palette.padding_fill
                    : inserted   ? brush.palette.background
                                 : color_of(scale, term.input);
  const bool stretched = stage.op() == conv::Op::kConvTranspose;
  brush.add(Box{.rect = {cell.x + gap / 2, cell.y + gap / 2, cell.w - gap, cell.h - gap},
                .fill = fill,
                .stroke = term.padding ? brush.palette.padding_hatch : kTransparent,
                .stroke_width = term.padding ? brush.line_width(1) : 0,
                .dash = term.padding ? std::max(2.0F, cell.w / 9) : 0,
                .target = session::Target{
                    stretched ? session::TensorRole::kStretched : session::TensorRole::kInput,
                    term.input_at}});
  if (numbers.size > 0) {
    Rect place = cell;
    place.y -= stage.numbers.chip > 0 ? cell.h * 0.09F : 0;
    draw_cell_number(brush, place, cell_text(stage, term), numbers, ink_on(fill));
    draw_weight_chip(brush, stage, cell, term.weight);
  }
}

}  // namespace

kit::NumberFit fit_patch(const kit::Brush& brush, const FlatStage& stage) {
  kit::NumberFit fit;
  for (std::size_t slice = 0; slice < stage.layout.lens.size(); ++slice) {
    const kit::NumberFit one =
        kit::fit_numbers(brush, stage.layout.lens[slice], patch_style(stage, brush.palette, slice),
                         stage.layout.view);
    fit = slice == 0 ? one : kit::common_fit(fit, one);
  }
  return fit;
}

void draw_patch(kit::Brush& brush, const FlatStage& stage, std::size_t slice) {
  const Plane& plane = stage.layout.lens[slice];
  const auto from = stage.group_channel(slice) * stage.taps_per_channel();
  const ColorScale scale =
      kit::slice_scale(stage.look, stage.layer, stage.input_channel(slice), brush.palette);
  brush.fill(plane.rect, brush.palette.cell_line);
  for (std::int64_t i = 0; i < stage.taps_per_channel(); ++i) {
    const Rect cell =
        plane.cells(static_cast<double>(i / plane.w), static_cast<double>(i % plane.w));
    draw_patch_cell(brush, stage, cell, stage.taps[static_cast<std::size_t>(from + i)], scale);
    draw_tap_rings(brush, stage, from + i, cell);
  }
  outline_plane(brush, plane.rect, brush.palette.input.line, stage.is_active(slice));
}

}  // namespace convscope::picture::flat
