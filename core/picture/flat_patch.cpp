#include <algorithm>
#include <limits>
#include <string>

#include "core/picture/cell_number.h"
#include "core/picture/flat_stage.h"
#include "core/picture/number_text.h"
#include "core/picture/stage_colors.h"

namespace convscope {

namespace {

PlaneStyle patch_style(const FlatStage& stage, const Palette& palette, std::size_t slice) {
  const Size2 kernel = stage.layer.spec.kernel_size;
  const auto from = stage.group_channel(slice) * stage.taps_per_channel();
  std::vector<float> values;
  for (std::int64_t i = from; i < from + stage.taps_per_channel(); ++i) {
    values.push_back(stage.taps[static_cast<std::size_t>(i)].input);
  }
  return {.tensor = Tensor({1, 1, kernel.h, kernel.w}, std::move(values)),
          .scale = slice_scale(stage.look, stage.layer, stage.input_channel(slice), palette)};
}

// What a pool does not count is no number.
std::string cell_text(const FlatStage& stage, const Term& term) {
  if (!term.counted) {
    return stage.op() == Op::kMaxPool ? number_text(-std::numeric_limits<double>::infinity()) : "";
  }
  return number_text(term.input, stage.numbers.lens.style);
}

// One cell of the patch, with its number and the weight that it meets.
void draw_patch_cell(Brush& brush, const FlatStage& stage, const Rect& cell, const Term& term,
                     const ColorScale& scale) {
  const NumberFit& numbers = stage.numbers.lens;
  const float gap = cell_gap(brush, cell.w);
  const bool inserted = !term.padding && !term.has_source;
  const Rgba fill = term.padding ? brush.palette.padding_fill
                    : inserted   ? brush.palette.background
                                 : color_of(scale, term.input);
  const bool stretched = stage.op() == Op::kConvTranspose;
  brush.add(Box{
      .rect = {cell.x + gap / 2, cell.y + gap / 2, cell.w - gap, cell.h - gap},
      .fill = fill,
      .stroke = term.padding ? brush.palette.padding_hatch : kTransparent,
      .stroke_width = term.padding ? brush.line_width(1) : 0,
      .dash = term.padding ? std::max(2.0F, cell.w / 9) : 0,
      .target = Target{stretched ? TensorRole::kStretched : TensorRole::kInput, term.input_at}});
  if (numbers.size > 0) {
    Rect place = cell;
    place.y -= stage.numbers.chip > 0 ? cell.h * 0.09F : 0;
    draw_cell_number(brush, place, cell_text(stage, term), numbers, ink_on(fill));
    draw_weight_chip(brush, stage, cell, term.weight);
  }
}

}  // namespace

NumberFit fit_patch(const Brush& brush, const FlatStage& stage) {
  NumberFit fit;
  for (std::size_t slice = 0; slice < stage.layout.lens.size(); ++slice) {
    const NumberFit one = fit_numbers(brush, stage.layout.lens[slice],
                                      patch_style(stage, brush.palette, slice), stage.layout.view);
    fit = slice == 0 ? one : common_fit(fit, one);
  }
  return fit;
}

void draw_patch(Brush& brush, const FlatStage& stage, std::size_t slice) {
  const Plane& plane = stage.layout.lens[slice];
  const auto from = stage.group_channel(slice) * stage.taps_per_channel();
  const ColorScale scale =
      slice_scale(stage.look, stage.layer, stage.input_channel(slice), brush.palette);
  brush.fill(plane.rect, brush.palette.cell_line);
  for (std::int64_t i = 0; i < stage.taps_per_channel(); ++i) {
    const Rect cell =
        plane.cells(static_cast<double>(i / plane.w), static_cast<double>(i % plane.w));
    draw_patch_cell(brush, stage, cell, stage.taps[static_cast<std::size_t>(from + i)], scale);
    draw_tap_rings(brush, stage, from + i, cell);
  }
  outline_plane(brush, plane.rect, brush.palette.input.line, stage.is_active(slice));
}

}  // namespace convscope
