#include <algorithm>
#include <cmath>

#include "core/picture/flat/stage.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/stage_colors.h"

namespace convscope::picture::flat {

namespace {

constexpr float kInactive = 0.6F;

kit::PlaneStyle input_style(const FlatStage& stage, const Palette& palette, std::size_t slice) {
  const std::int64_t channel = stage.input_channel(slice);
  kit::PlaneStyle style{.tensor = stage.layer.input, .n = stage.batch(), .c = channel};
  if (stage.op() == conv::Op::kConvTranspose) {
    style.role = session::TensorRole::kStretched;
    style.stretch = stage.own.stage.stretch;
  }
  style.scale = kit::slice_scale(stage.look, stage.layer, channel, palette);
  if (stage.layout.merged_rgb) {
    style.c = 0;
    style.scale = ColorScale{.kind = ColorScale::Kind::kRgb, .low = 0, .high = 255};
  }
  return style;
}

kit::PlaneStyle weight_style(const FlatStage& stage, const Palette& palette, std::size_t slice) {
  return {
      .tensor = stage.layer.weight,
      .n = stage.filter(),
      .c = stage.group_channel(slice),
      .scale = kit::diverging_scale(stage.layer.weight_range, palette),
      .role = stage.own.stage.turned ? session::TensorRole::kTurned : session::TensorRole::kWeight};
}

kit::PlaneStyle output_style(const FlatStage& stage, const Palette& palette, std::int64_t filter) {
  return {.tensor = stage.layer.output,
          .n = stage.batch(),
          .c = filter,
          .scale = kit::output_scale(stage.layer, palette),
          .role = session::TensorRole::kOutput,
          .revealed = stage.whole_map ? -1 : stage.revealed_of(filter)};
}

kit::PlaneStyle comparison_style(const FlatStage& stage, const Palette& palette) {
  kit::PlaneStyle style = output_style(stage, palette, stage.filter());
  style.tensor = stage.own.unturned;
  return style;
}

template <typename StyleOf>
kit::NumberFit fit_all(const kit::Brush& brush, const FlatStage& stage,
                       const std::vector<Plane>& planes, const StyleOf& style_of) {
  kit::NumberFit fit;
  for (std::size_t i = 0; i < planes.size(); ++i) {
    const kit::NumberFit one =
        kit::fit_numbers(brush, planes[i], style_of(stage, brush.palette, i), stage.layout.view);
    fit = i == 0 ? one : kit::common_fit(fit, one);
  }
  return fit;
}

// Rows and columns that no window reads, as hatched bands over cells and numbers: both grow pale
// alike.
void hatch_never_read(kit::Brush& brush, const FlatStage& stage, const Plane& plane) {
  if (stage.layout.pixels) {
    return;
  }
  const auto band = [&](std::int64_t y, std::int64_t x, std::int64_t rows, std::int64_t columns) {
    const Rect rect =
        kit::intersection(plane.cells(static_cast<double>(y), static_cast<double>(x),
                                      static_cast<double>(rows), static_cast<double>(columns)),
                          stage.layout.view);
    if (rect.w > 0 && rect.h > 0) {
      brush.fill(rect, faded(brush.palette.background, 0.35F));
      brush.add(Hatch{rect, faded(brush.palette.padding_hatch, 0.8F), 9 * brush.scale,
                      brush.line_width(1)});
    }
  };
  const step::UnreadCells unread = step::unread_cells(stage.own);
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
  if (!stage.settled() || stage.layout.pixels || stage.numbers.chip <= 0) {
    return cells;
  }
  const std::int64_t per_channel = stage.taps_per_channel();
  const std::int64_t from = stage.group_channel(slice) * per_channel;
  for (std::int64_t i = from; i < from + per_channel; ++i) {
    cells.push_back(stage.taps[static_cast<std::size_t>(i)].input_at);
  }
  return cells;
}

// Negative cells, which a ReLU drops: hatched, in a way that leaves their numbers legible.
void hatch_negative(kit::Brush& brush, const FlatStage& stage, const Plane& plane,
                    const kit::PlaneStyle& style) {
  if (plane.cell < kit::kNumbersFrom * brush.scale) {
    return;
  }
  for (std::int64_t y = 0; y < plane.h; ++y) {
    for (std::int64_t x = 0; x < plane.w; ++x) {
      const Index at = {style.n, style.c, y, x};
      const Rect rect = kit::intersection(plane.cell_at(at), stage.layout.view);
      if (style.tensor.at(at) < 0 && rect.w > 0 && rect.h > 0) {
        brush.add(Hatch{rect, faded(brush.palette.background, 0.6F), 9 * brush.scale,
                        brush.line_width(2)});
      }
    }
  }
}

// The cells of a stretched input that are its own, among the zeros that keep them apart.
void outline_own_cells(kit::Brush& brush, const FlatStage& stage, const Plane& plane) {
  const conv::Size2 stretch = stage.own.stage.stretch;
  if (stretch == conv::Size2{1, 1} || plane.cell < kit::kNumbersFrom * brush.scale) {
    return;
  }
  const float inset = brush.line_width(1);
  for (std::int64_t y = 0; y < plane.h; y += stretch.h) {
    for (std::int64_t x = 0; x < plane.w; x += stretch.w) {
      const Rect cell = plane.cells(static_cast<double>(y), static_cast<double>(x));
      const Rect visible = kit::intersection(cell, stage.layout.view);
      if (visible.w > 0 && visible.h > 0) {
        brush.outline({cell.x + inset, cell.y + inset, cell.w - 2 * inset, cell.h - 2 * inset},
                      brush.palette.input.line, brush.line_width(1.5F), 2 * brush.scale);
      }
    }
  }
}

void draw_input_cells(kit::Brush& brush, const FlatStage& stage, std::size_t slice) {
  const Plane& plane = stage.layout.input[slice];
  const kit::PlaneStyle style = input_style(stage, brush.palette, slice);
  kit::draw_padding(brush, plane, style, stage.layer, stage.numbers.input, stage.layout.view);
  kit::draw_cells(brush, plane, style, stage.layout.view);
  if (stage.op() == conv::Op::kRelu && !stage.layout.merged_rgb) {
    hatch_negative(brush, stage, plane, style);
  }
  outline_own_cells(brush, stage, plane);
  outline_plane(brush, plane.rect, brush.palette.input.line, stage.is_active(slice));
}

// A map: empty cells, and what has been computed.
void draw_map_cells(kit::Brush& brush, const FlatStage& stage, const Plane& plane,
                    std::int64_t filter, float opacity) {
  kit::PlaneStyle style = output_style(stage, brush.palette, filter);
  kit::draw_empty_cells(brush, plane, session::TensorRole::kOutput, stage.batch(), filter,
                        stage.layout.view);
  style.opacity = opacity;
  kit::draw_cells(brush, plane, style, stage.layout.view);
}

void draw_comparison_cells(kit::Brush& brush, const FlatStage& stage) {
  const Plane& plane = *stage.layout.comparison;
  kit::draw_empty_cells(brush, plane, session::TensorRole::kOutput, stage.batch(), stage.filter(),
                        stage.layout.view);
  kit::draw_cells(brush, plane, comparison_style(stage, brush.palette), stage.layout.view);
  outline_plane(brush, plane.rect, brush.palette.border, true);
}

void draw_output_cells(kit::Brush& brush, const FlatStage& stage) {
  if (stage.layout.comparison) {
    draw_comparison_cells(brush, stage);  // first: a cell of the map is found in the map
  }
  const Plane& plane = stage.layout.output;
  draw_map_cells(brush, stage, plane, stage.filter(), 1);
  outline_plane(brush, plane.rect, brush.palette.output.line, true);
  if (stage.layer.output.empty()) {
    brush.centered_text(kit::intersection(plane.rect, stage.layout.view),
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

void outline_plane(kit::Brush& brush, const Rect& rect, Rgba color, bool active) {
  brush.outline(rect, active ? color : faded(color, 0.45F), brush.line_width(1.5F),
                2 * brush.scale);
}

std::int64_t FlatStage::active_tap() const {
  if (step().fold == conv::Fold::kCopy) {
    return settled() ? filter() % taps_per_channel() : -1;
  }
  return moment.active_term;
}

std::int64_t FlatStage::taken_tap() const { return moment.total_shown ? step().winner : -1; }

std::int64_t FlatStage::revealed_of(std::int64_t filter) const {
  const std::int64_t cells = layer.output_shape.h * layer.output_shape.w;
  const std::int64_t before = (batch() * layer.output_shape.c + filter) * cells;
  return std::clamp<std::int64_t>(moment.revealed - before, 0, cells);
}

FlatNumbers fit_numbers(const kit::Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  FlatNumbers numbers;
  if (!layout.merged_rgb) {
    numbers.input = fit_all(brush, stage, layout.input, input_style);
  }
  numbers.lens = fit_patch(brush, stage);
  numbers.weight = fit_all(brush, stage, layout.weight, weight_style);
  if (!stage.layer.output.empty()) {
    numbers.output = kit::fit_numbers(
        brush, layout.output, output_style(stage, brush.palette, stage.filter()), layout.view);
  }
  if (layout.comparison) {
    numbers.comparison = kit::fit_numbers(brush, *layout.comparison,
                                          comparison_style(stage, brush.palette), layout.view);
  }
  return numbers;
}

void draw_cells(kit::Brush& brush, const FlatStage& stage) {
  // Back to front, so that a stack of slices shows its first one.
  for (std::size_t slice = stage.layout.input.size(); slice-- > 0;) {
    draw_input_cells(brush, stage, slice);
  }
  for (std::size_t slice = 0; slice < stage.layout.weight.size(); ++slice) {
    const Plane& plane = stage.layout.weight[slice];
    kit::draw_cells(brush, plane, weight_style(stage, brush.palette, slice), stage.layout.view);
    outline_plane(brush, plane.rect, brush.palette.weight.line, stage.is_active(slice));
  }
  draw_output_cells(brush, stage);
}

void draw_numbers(kit::Brush& brush, const FlatStage& stage) {
  const FlatLayout& layout = stage.layout;
  for (std::size_t slice = 0; slice < layout.input.size(); ++slice) {
    kit::draw_numbers(brush, layout.input[slice], input_style(stage, brush.palette, slice),
                      stage.numbers.input, layout.view, covered_cells(stage, slice));
    hatch_never_read(brush, stage, layout.input[slice]);
  }
  for (std::size_t slice = 0; slice < layout.lens.size(); ++slice) {
    draw_patch(brush, stage, slice);
  }
  for (std::size_t slice = 0; slice < layout.weight.size(); ++slice) {
    kit::draw_numbers(brush, layout.weight[slice], weight_style(stage, brush.palette, slice),
                      stage.numbers.weight, layout.view);
  }
  if (layout.comparison) {
    kit::draw_numbers(brush, *layout.comparison, comparison_style(stage, brush.palette),
                      stage.numbers.comparison, layout.view);
  }
  kit::draw_numbers(brush, layout.output, output_style(stage, brush.palette, stage.filter()),
                    stage.numbers.output, layout.view);
}

}  // namespace convscope::picture::flat
