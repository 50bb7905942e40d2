#include <algorithm>
#include <cmath>

#include "core/picture/flat_stage.h"
#include "core/picture/number_text.h"
#include "core/picture/stage_colors.h"

namespace convscope {

namespace {

constexpr float kInactive = 0.6F;

bool is_active(const FlatStage& stage, std::size_t slice) {
  return stage.moment.active_channel < 0 ||
         stage.moment.active_channel == stage.group_channel(slice);
}

PlaneStyle input_style(const FlatStage& stage, const Palette& palette, std::size_t slice) {
  const std::int64_t channel = stage.input_channel(slice);
  PlaneStyle style{.tensor = stage.layer.input, .n = stage.batch(), .c = channel};
  style.scale = slice_scale(stage.look, stage.layer, channel, palette);
  if (stage.layout.merged_rgb) {
    style.c = 0;
    style.scale = ColorScale{.kind = ColorScale::Kind::kRgb, .low = 0, .high = 255};
  }
  return style;
}

// The patch under the window, one channel of it.
PlaneStyle lens_style(const FlatStage& stage, const Palette& palette, std::size_t slice) {
  const Size2 kernel = stage.layer.spec.kernel_size;
  const std::int64_t per_channel = stage.terms_per_channel();
  const std::int64_t from = stage.group_channel(slice) * per_channel;
  std::vector<float> values;
  for (std::int64_t i = from; i < from + per_channel; ++i) {
    values.push_back(stage.step().terms[static_cast<std::size_t>(i)].input);
  }
  return {.tensor = Tensor({1, 1, kernel.h, kernel.w}, std::move(values)),
          .scale = slice_scale(stage.look, stage.layer, stage.input_channel(slice), palette)};
}

PlaneStyle weight_style(const FlatStage& stage, const Palette& palette, std::size_t slice) {
  return {.tensor = stage.layer.weight,
          .n = stage.filter(),
          .c = stage.group_channel(slice),
          .scale = diverging_scale(stage.layer.weight_range, palette),
          .role = TensorRole::kWeight};
}

PlaneStyle output_style(const FlatStage& stage, const Palette& palette, std::int64_t filter) {
  return {.tensor = stage.layer.output,
          .n = stage.batch(),
          .c = filter,
          .scale = diverging_scale(stage.layer.output_colors, palette),
          .role = TensorRole::kOutput,
          .revealed = stage.whole_map ? -1 : stage.revealed_of(filter)};
}

template <typename StyleOf>
NumberFit fit_all(const Brush& brush, const FlatStage& stage, const std::vector<Plane>& planes,
                  const StyleOf& style_of) {
  NumberFit fit;
  for (std::size_t i = 0; i < planes.size(); ++i) {
    const NumberFit one =
        fit_numbers(brush, planes[i], style_of(stage, brush.palette, i), stage.layout.view);
    fit = i == 0 ? one : common_fit(fit, one);
  }
  return fit;
}

// Rows and columns that no window reads, as hatched bands over cells and numbers: both grow pale
// alike.
void hatch_never_read(Brush& brush, const FlatStage& stage, const Plane& plane) {
  if (stage.layout.pixels) {
    return;
  }
  const auto band = [&](std::int64_t y, std::int64_t x, std::int64_t rows, std::int64_t columns) {
    const Rect rect =
        intersection(plane.cells(static_cast<double>(y), static_cast<double>(x),
                                 static_cast<double>(rows), static_cast<double>(columns)),
                     stage.layout.view);
    if (rect.w > 0 && rect.h > 0) {
      brush.fill(rect, faded(brush.palette.background, 0.35F));
      brush.add(Hatch{rect, faded(brush.palette.padding_hatch, 0.8F), 9 * brush.scale,
                      brush.line_width(1)});
    }
  };
  const UnreadCells unread = unread_cells(stage.layer);
  for (const std::int64_t y : unread.rows) {
    band(y, 0, 1, plane.w);
  }
  for (const std::int64_t x : unread.columns) {
    band(0, x, plane.h, 1);
  }
}

// Cells of the slice that the window covers now; none while it moves.
std::vector<Index> covered_cells(const FlatStage& stage, std::size_t slice) {
  std::vector<Index> cells;
  if (!stage.moment.window_arrived || !stage.moment.started || stage.layout.pixels ||
      stage.numbers.chip <= 0) {
    return cells;
  }
  const std::int64_t per_channel = stage.terms_per_channel();
  const std::int64_t from = stage.group_channel(slice) * per_channel;
  for (std::int64_t i = from; i < from + per_channel; ++i) {
    cells.push_back(stage.step().terms[static_cast<std::size_t>(i)].input_at);
  }
  return cells;
}

void outline_plane(Brush& brush, const Rect& rect, Rgba color, bool active) {
  brush.outline(rect, active ? color : faded(color, 0.45F), brush.line_width(1.5F),
                2 * brush.scale);
}

void draw_input_cells(Brush& brush, const FlatStage& stage, std::size_t slice) {
  const Plane& plane = stage.layout.input[slice];
  const PlaneStyle style = input_style(stage, brush.palette, slice);
  draw_padding(brush, plane, style, stage.layer, stage.numbers.input, stage.layout.view);
  draw_cells(brush, plane, style, stage.layout.view);
  outline_plane(brush, plane.rect, brush.palette.input.line, is_active(stage, slice));
}

// One cell of the patch, with its number and the weight that it meets.
void draw_patch_cell(Brush& brush, const FlatStage& stage, const Rect& cell, const Term& term,
                     const ColorScale& scale) {
  const NumberFit& numbers = stage.numbers.lens;
  const float gap = cell_gap(brush, cell.w);
  const Rgba fill = term.padding ? brush.palette.padding_fill : color_of(scale, term.input);
  brush.add(Box{.rect = {cell.x + gap / 2, cell.y + gap / 2, cell.w - gap, cell.h - gap},
                .fill = fill,
                .stroke = term.padding ? brush.palette.padding_hatch : kTransparent,
                .stroke_width = term.padding ? brush.line_width(1) : 0,
                .dash = term.padding ? std::max(2.0F, cell.w / 9) : 0,
                .target = Target{TensorRole::kInput, term.input_at}});
  if (numbers.size > 0) {
    Rect place = cell;
    place.y -= stage.numbers.chip > 0 ? cell.h * 0.09F : 0;
    brush.centered_text(place, number_text(term.input, numbers.style), Font::kSans, numbers.size,
                        faded(ink_on(fill), numbers.alpha));
    draw_weight_chip(brush, stage, cell, term.weight);
  }
}

void draw_lens(Brush& brush, const FlatStage& stage, std::size_t slice) {
  const Plane& plane = stage.layout.lens[slice];
  const std::int64_t per_channel = stage.terms_per_channel();
  const std::int64_t from = stage.group_channel(slice) * per_channel;
  const ColorScale scale =
      slice_scale(stage.look, stage.layer, stage.input_channel(slice), brush.palette);
  brush.fill(plane.rect, brush.palette.cell_line);
  for (std::int64_t i = 0; i < per_channel; ++i) {
    const Rect cell =
        plane.cells(static_cast<double>(i / plane.w), static_cast<double>(i % plane.w));
    draw_patch_cell(brush, stage, cell, stage.step().terms[static_cast<std::size_t>(from + i)],
                    scale);
    if (from + i == stage.moment.active_term) {
      draw_ring(brush, cell);
    }
  }
  outline_plane(brush, plane.rect, brush.palette.input.line, is_active(stage, slice));
}

// A map: empty cells, and what has been computed.
void draw_map_cells(Brush& brush, const FlatStage& stage, const Plane& plane, std::int64_t filter,
                    float opacity) {
  PlaneStyle style = output_style(stage, brush.palette, filter);
  draw_empty_cells(brush, plane, TensorRole::kOutput, stage.batch(), filter, stage.layout.view);
  style.opacity = opacity;
  draw_cells(brush, plane, style, stage.layout.view);
}

void draw_output_cells(Brush& brush, const FlatStage& stage) {
  const Plane& plane = stage.layout.output;
  draw_map_cells(brush, stage, plane, stage.filter(), 1);
  outline_plane(brush, plane.rect, brush.palette.output.line, true);
  if (stage.layer.output.empty()) {
    brush.centered_text(intersection(plane.rect, stage.layout.view),
                        brush.locale.text("stage.computing"), Font::kSans,
                        stage.layout.caption_size, brush.palette.text_dim);
  }
  for (std::size_t i = 0; i < stage.layout.thumbnails.size(); ++i) {
    const std::int64_t filter = stage.layout.first_thumbnail + static_cast<std::int64_t>(i);
    const bool active = filter == stage.filter();
    const Plane& small = stage.layout.thumbnails[i];
    draw_map_cells(brush, stage, small, filter, active ? 1 : kInactive);
    brush.outline(small.rect, active ? brush.palette.output.line : brush.palette.border,
                  brush.line_width(active ? 2 : 1), 2 * brush.scale);
  }
}

}  // namespace

std::int64_t FlatStage::revealed_of(std::int64_t filter) const {
  const std::int64_t cells = layer.output_shape.h * layer.output_shape.w;
  const std::int64_t before = (batch() * layer.output_shape.c + filter) * cells;
  return std::clamp<std::int64_t>(moment.revealed - before, 0, cells);
}

FlatNumbers fit_numbers(const Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  FlatNumbers numbers;
  if (!layout.merged_rgb) {
    numbers.input = fit_all(brush, stage, layout.input, input_style);
  }
  numbers.lens = fit_all(brush, stage, layout.lens, lens_style);
  numbers.weight = fit_all(brush, stage, layout.weight, weight_style);
  if (!stage.layer.output.empty()) {
    numbers.output = fit_numbers(brush, layout.output,
                                 output_style(stage, brush.palette, stage.filter()), layout.view);
  }
  return numbers;
}

void draw_cells(Brush& brush, const FlatStage& stage) {
  // Back to front, so that a stack of slices shows its first one.
  for (std::size_t slice = stage.layout.input.size(); slice-- > 0;) {
    draw_input_cells(brush, stage, slice);
  }
  for (std::size_t slice = 0; slice < stage.layout.weight.size(); ++slice) {
    const Plane& plane = stage.layout.weight[slice];
    draw_cells(brush, plane, weight_style(stage, brush.palette, slice), stage.layout.view);
    outline_plane(brush, plane.rect, brush.palette.weight.line, is_active(stage, slice));
  }
  draw_output_cells(brush, stage);
}

void draw_numbers(Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    draw_numbers(brush, layout.input[slice], input_style(stage, brush.palette, slice),
                 stage.numbers.input, layout.view, covered_cells(stage, slice));
    hatch_never_read(brush, stage, layout.input[slice]);
  }
  for (std::size_t slice = 0; slice < layout.lens.size(); ++slice) {
    draw_lens(brush, stage, slice);
  }
  for (std::size_t slice = 0; slice < layout.weight.size(); ++slice) {
    draw_numbers(brush, layout.weight[slice], weight_style(stage, brush.palette, slice),
                 stage.numbers.weight, layout.view);
  }
  draw_numbers(brush, layout.output, output_style(stage, brush.palette, stage.filter()),
               stage.numbers.output, layout.view);
}

}  // namespace convscope
