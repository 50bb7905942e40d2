#include <algorithm>
#include <cmath>

#include "core/picture/flat_stage.h"
#include "core/picture/number_text.h"
#include "core/picture/stage_colors.h"

namespace convscope {

namespace {

constexpr float kComing = 0.32F;  // opacity of a large map's values that are still to come
constexpr float kInactive = 0.5F;

// Rows and columns that no window reads, as hatched bands.
void hatch_never_read(Brush& brush, const FlatStage& stage, const Plane& plane) {
  const LayerResult& layer = stage.layer;
  const Conv2dSpec& spec = layer.spec;
  const Shape& in = layer.input.shape();
  if (stage.layout.pixels || in.h > 4096 || in.w > 4096) {
    return;
  }
  const auto band = [&](double y, double x, double rows, double columns) {
    const Rect rect = intersection(plane.cells(y, x, rows, columns), stage.layout.main);
    if (rect.w > 0 && rect.h > 0) {
      brush.fill(rect, faded(brush.palette.background, 0.55F));
      brush.add(Hatch{rect, brush.palette.padding_hatch, 7 * brush.scale, brush.line_width(1.5F)});
    }
  };
  for (const std::int64_t y : never_read(in.h, spec.kernel_size.h, spec.stride.h, spec.dilation.h,
                                         layer.pads.top, layer.output_shape.h)) {
    band(static_cast<double>(y), 0, 1, static_cast<double>(in.w));
  }
  for (const std::int64_t x : never_read(in.w, spec.kernel_size.w, spec.stride.w, spec.dilation.w,
                                         layer.pads.left, layer.output_shape.w)) {
    band(0, static_cast<double>(x), static_cast<double>(in.h), 1);
  }
}

// Cells of the slice that the window covers now; none while it moves.
std::vector<Index> covered_cells(const FlatStage& stage, std::size_t slice) {
  std::vector<Index> cells;
  if (!stage.moment.window_arrived || !stage.moment.started) {
    return cells;
  }
  const std::int64_t per_channel = stage.terms_per_channel();
  const std::int64_t from = stage.group_channel(slice) * per_channel;
  for (std::int64_t i = from; i < from + per_channel; ++i) {
    cells.push_back(stage.step().terms[static_cast<std::size_t>(i)].input_at);
  }
  return cells;
}

bool is_active(const FlatStage& stage, std::size_t slice) {
  return stage.moment.active_channel < 0 ||
         stage.moment.active_channel == stage.group_channel(slice);
}

PlaneStyle input_style(Brush& brush, const FlatStage& stage, std::size_t slice) {
  const std::int64_t channel = stage.input_channel(slice);
  PlaneStyle style{.tensor = stage.layer.input, .n = stage.batch(), .c = channel};
  style.scale = slice_scale(stage.look, stage.layer, channel, brush.palette);
  style.role = TensorRole::kInput;
  return style;
}

void draw_input_slice(Brush& brush, const FlatStage& stage, std::size_t slice) {
  const Plane& plane = stage.layout.input[slice];
  const Rect& view = stage.layout.main;
  PlaneStyle style = input_style(brush, stage, slice);
  if (stage.layout.merged_rgb) {
    style.c = 0;
    style.scale = ColorScale{.kind = ColorScale::Kind::kRgb, .low = 0, .high = 255};
  }
  const NumberFit numbers =
      stage.layout.merged_rgb ? NumberFit{} : fit_numbers(brush, plane, style, view);
  draw_padding(brush, plane, style, stage.layer, numbers, view);
  draw_plane(brush, plane, style, view, covered_cells(stage, slice));
  hatch_never_read(brush, stage, plane);
  const Rgba border =
      is_active(stage, slice) ? brush.palette.input.line : faded(brush.palette.input.line, 0.45F);
  brush.outline(plane.rect, border, brush.line_width(1.5F), 2 * brush.scale);
}

// One cell of the patch, with its number and the weight that it meets.
void draw_patch_cell(Brush& brush, const Rect& cell, const Term& term, const ColorScale& scale,
                     const NumberFit& numbers, float gap) {
  const Rect box = {cell.x + gap / 2, cell.y + gap / 2, cell.w - gap, cell.h - gap};
  const Rgba fill = term.padding ? brush.palette.padding_fill : color_of(scale, term.input);
  brush.add(Box{.rect = box,
                .fill = fill,
                .stroke = term.padding ? brush.palette.padding_hatch : kTransparent,
                .stroke_width = term.padding ? brush.line_width(1) : 0,
                .dash = term.padding ? std::max(2.0F, cell.w / 9) : 0,
                .target = Target{TensorRole::kInput, term.input_at}});
  if (numbers.size > 0) {
    Rect place = cell;
    place.y -= cell.h * 0.09F;
    brush.centered_text(place, number_text(term.input, numbers.max_chars), Font::kSans,
                        numbers.size, faded(ink_on(fill), numbers.alpha));
    draw_weight_chip(brush, cell, term.weight);
  }
}

PlaneStyle output_style(const FlatStage& stage, const Palette& palette, std::int64_t filter) {
  return {.tensor = stage.layer.output,
          .n = stage.batch(),
          .c = filter,
          .scale = diverging_scale(stage.layer.output_range, palette),
          .role = TensorRole::kOutput};
}

// A map: empty cells, what is still to come of a large one, what has been computed.
void draw_map(Brush& brush, const FlatStage& stage, const Plane& plane, std::int64_t filter,
              float opacity) {
  const Rect& view = stage.layout.main;
  PlaneStyle style = output_style(stage, brush.palette, filter);
  draw_empty_cells(brush, plane, TensorRole::kOutput, stage.batch(), filter, view);
  if (style.tensor.empty()) {
    return;
  }
  if (stage.layout.pixels && !stage.whole_map) {
    style.opacity = kComing * opacity;
    draw_plane(brush, plane, style, view);
  }
  style.opacity = opacity;
  style.revealed = stage.whole_map ? -1 : stage.revealed_of(filter);
  draw_plane(brush, plane, style, view);
}

}  // namespace

std::int64_t FlatStage::revealed_of(std::int64_t filter) const {
  const std::int64_t cells = layer.output_shape.h * layer.output_shape.w;
  const std::int64_t before = (batch() * layer.output_shape.c + filter) * cells;
  return std::clamp<std::int64_t>(moment.revealed - before, 0, cells);
}

void draw_input(Brush& brush, const FlatStage& stage) {
  // Back to front, so that a stack of slices shows its first one.
  for (std::size_t slice = stage.layout.input.size(); slice-- > 0;) {
    draw_input_slice(brush, stage, slice);
  }
}

void draw_lens(Brush& brush, const FlatStage& stage) {
  const std::int64_t per_channel = stage.terms_per_channel();
  const Size2 kernel = stage.layer.spec.kernel_size;
  for (std::size_t slice = 0; slice < stage.layout.lens.size(); ++slice) {
    const Plane& plane = stage.layout.lens[slice];
    const ColorScale scale =
        slice_scale(stage.look, stage.layer, stage.input_channel(slice), brush.palette);
    const std::int64_t from = stage.group_channel(slice) * per_channel;
    std::vector<float> values;
    for (std::int64_t i = from; i < from + per_channel; ++i) {
      values.push_back(stage.step().terms[static_cast<std::size_t>(i)].input);
    }
    const PlaneStyle style{.tensor = Tensor({1, 1, kernel.h, kernel.w}, std::move(values)),
                           .scale = scale};
    const NumberFit numbers = fit_numbers(brush, plane, style, stage.layout.main);
    const float gap = cell_gap(brush, plane.cell);
    for (std::int64_t i = 0; i < per_channel; ++i) {
      const Rect cell =
          plane.cells(static_cast<double>(i / kernel.w), static_cast<double>(i % kernel.w));
      const Term& term = stage.step().terms[static_cast<std::size_t>(from + i)];
      draw_patch_cell(brush, cell, term, scale, numbers, gap);
    }
    brush.outline(plane.rect, brush.palette.input.line, brush.line_width(1.5F), 2 * brush.scale);
  }
}

void draw_filter(Brush& brush, const FlatStage& stage) {
  const ColorScale scale = diverging_scale(stage.layer.weight_range, brush.palette);
  for (std::size_t slice = 0; slice < stage.layout.weight.size(); ++slice) {
    const Plane& plane = stage.layout.weight[slice];
    const PlaneStyle style{.tensor = stage.layer.weight,
                           .n = stage.filter(),
                           .c = stage.group_channel(slice),
                           .scale = scale,
                           .role = TensorRole::kWeight};
    draw_plane(brush, plane, style, stage.layout.main);
    const Rgba border = is_active(stage, slice) ? brush.palette.weight.line
                                                : faded(brush.palette.weight.line, 0.45F);
    brush.outline(plane.rect, border, brush.line_width(1.5F), 2 * brush.scale);
  }
}

void draw_output(Brush& brush, const FlatStage& stage) {
  const Plane& plane = stage.layout.output;
  draw_map(brush, stage, plane, stage.filter(), 1);
  brush.outline(plane.rect, brush.palette.output.line, brush.line_width(1.5F), 2 * brush.scale);
  if (stage.layer.output.empty()) {
    brush.centered_text(intersection(plane.rect, stage.layout.main),
                        brush.locale.text("stage.computing"), Font::kSans,
                        stage.layout.caption_size, brush.palette.text_dim);
  }
  for (std::size_t i = 0; i < stage.layout.thumbnails.size(); ++i) {
    const std::int64_t filter = stage.layout.first_thumbnail + static_cast<std::int64_t>(i);
    const bool active = filter == stage.filter();
    const Plane& small = stage.layout.thumbnails[i];
    draw_map(brush, stage, small, filter, active ? 1 : kInactive);
    brush.outline(small.rect, active ? brush.palette.output.line : brush.palette.border,
                  brush.line_width(active ? 2 : 1), 2 * brush.scale);
  }
}

}  // namespace convscope
