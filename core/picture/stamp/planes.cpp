#include <algorithm>

#include "core/picture/cell_number.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/kit/stage_colors.h"
#include "core/picture/stamp/stage.h"

namespace convscope::picture::stamp {

namespace {

// Maps of more cells than this are pictures: nothing is drawn cell by cell.
constexpr std::int64_t kMostCells = 4096;
constexpr float kInactive = 0.55F;

kit::PlaneStyle input_style(const StampStage& stage, const Palette& palette, std::int64_t channel) {
  return {.tensor = stage.layer.input,
          .n = stage.batch(),
          .c = channel,
          .scale = kit::slice_scale(stage.look, stage.layer, channel, palette)};
}

kit::PlaneStyle weight_style(const StampStage& stage, const Palette& palette, std::size_t row) {
  return {.tensor = stage.layer.weight,
          .n = stage.channel(),
          .c = stage.group_map(row),
          .scale = kit::diverging_scale(stage.layer.weight_range, palette),
          .role = session::TensorRole::kWeight};
}

kit::PlaneStyle output_style(const StampStage& stage, const Palette& palette, const Tensor& values,
                             std::size_t row) {
  return {.tensor = values,
          .n = stage.batch(),
          .c = stage.map(row),
          .scale = product_scale(stage, palette),
          .role = session::TensorRole::kOutput};
}

// The products of a row as a plane of their own, to measure their numbers.
kit::PlaneStyle product_style(const StampStage& stage, const Palette& palette, std::size_t row) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < stage.taps(); ++i) {
    values.push_back(static_cast<float>(stage.term(stage.first_term(row) + i).product));
  }
  const conv::Size2& kernel = stage.layer.spec.kernel_size;
  return {.tensor = Tensor({1, 1, kernel.h, kernel.w}, std::move(values)),
          .scale = product_scale(stage, palette)};
}

// The stamp's taps side by side, whatever its dilation.
flat::Plane taps_of(const StampStage& stage, std::size_t row) {
  flat::Plane taps = stage.layout.stamp[row];
  taps.h = stage.layer.spec.kernel_size.h;
  taps.w = stage.layer.spec.kernel_size.w;
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

bool row_active(const StampStage& stage, std::size_t row) {
  return stage.moment.active_map < 0 || stage.moment.active_map == stage.group_map(row);
}

void outline_plane(kit::Brush& brush, const Rect& rect, Rgba color, bool active) {
  brush.outline(rect, active ? color : faded(color, 0.45F), brush.line_width(1.5F),
                2 * brush.scale);
}

void draw_input(kit::Brush& brush, const StampStage& stage) {
  const StampLayout& layout = stage.layout;
  const kit::PlaneStyle style = input_style(stage, brush.palette, stage.channel());
  kit::draw_cells(brush, layout.input, style, layout.view);
  kit::draw_numbers(brush, layout.input, style, stage.numbers.input, layout.view);
  outline_plane(brush, layout.input.rect, brush.palette.input.line, true);
  for (std::size_t i = 0; i < layout.channels.size(); ++i) {
    const std::int64_t channel = layout.first_channel + static_cast<std::int64_t>(i);
    const bool active = channel == stage.channel();
    kit::PlaneStyle small = input_style(stage, brush.palette, channel);
    small.opacity = active ? 1 : kInactive;
    kit::draw_cells(brush, layout.channels[i], small, layout.view);
    brush.outline(layout.channels[i].rect, active ? brush.palette.input.line : brush.palette.border,
                  brush.line_width(active ? 2 : 1), 2 * brush.scale);
  }
}

void draw_kernel(kit::Brush& brush, const StampStage& stage, std::size_t row) {
  const flat::Plane& plane = stage.layout.kernel[row];
  const kit::PlaneStyle style = weight_style(stage, brush.palette, row);
  kit::draw_cells(brush, plane, style, stage.layout.view);
  kit::draw_numbers(brush, plane, style, stage.numbers.weight, stage.layout.view);
  outline_plane(brush, plane.rect, brush.palette.weight.line, row_active(stage, row));
}

// The stamp grows product by product; between the taps of a dilated kernel it stays empty.
void draw_stamp(kit::Brush& brush, const StampStage& stage, std::size_t row) {
  const flat::Plane& plane = stage.layout.stamp[row];
  const float gap = kit::cell_gap(brush, plane.cell);
  const kit::NumberFit& numbers = stage.numbers.product;
  const ColorScale scale = product_scale(stage, brush.palette);
  const bool dilated = stage.taps() < plane.h * plane.w;
  brush.fill(plane.rect, dilated || gap <= 0 ? brush.palette.empty_cell : brush.palette.cell_line);
  for (std::int64_t i = 0; i < stage.taps(); ++i) {
    const conv::StampTerm& term = stage.term(stage.first_term(row) + i);
    const bool shown = stage.shown(stage.first_term(row) + i);
    const Rect cell = stage.stamp_cell(row, term);
    const Rgba fill =
        shown ? color_of(scale, static_cast<float>(term.product)) : brush.palette.empty_cell;
    brush.add(Box{.rect = {cell.x + gap / 2, cell.y + gap / 2, cell.w - gap, cell.h - gap},
                  .fill = fill,
                  .target = session::Target{session::TensorRole::kProduct, term.weight_at}});
    if (shown) {
      draw_cell_number(brush, cell, kit::number_text(term.product, numbers.style), numbers,
                       ink_on(fill));
    }
  }
  outline_plane(brush, plane.rect, brush.palette.weight.line, row_active(stage, row));
}

// The cells that padding cuts off: dashed around the output, with what this stamp loses there.
void draw_cut_ring(kit::Brush& brush, const StampStage& stage, std::size_t row) {
  const flat::Plane& plane = stage.layout.output[row];
  const conv::Pads cut = stamp_border(stage.layer).cut;
  if (cut == conv::Pads{}) {
    return;
  }
  const float inset = brush.line_width(1.5F);
  for (std::int64_t y = -cut.top; y < plane.h + cut.bottom; ++y) {
    for (std::int64_t x = -cut.left; x < plane.w + cut.right; ++x) {
      if (y >= 0 && y < plane.h && x >= 0 && x < plane.w) {
        x = plane.w - 1;  // on to the right-hand side
        continue;
      }
      const Rect cell = plane.cells(static_cast<double>(y), static_cast<double>(x));
      const Rect visible = kit::intersection(cell, stage.layout.view);
      if (visible.w <= 0 || visible.h <= 0) {
        continue;
      }
      brush.add(Hatch{visible, faded(brush.palette.padding_hatch, 0.4F), 8 * brush.scale,
                      brush.line_width(1)});
      if (plane.cell >= 10 * brush.scale) {
        brush.outline({cell.x + inset, cell.y + inset, cell.w - 2 * inset, cell.h - 2 * inset},
                      brush.palette.padding_hatch, brush.line_width(1), 0,
                      std::max(2.0F, cell.w / 9));
      }
    }
  }
  const kit::NumberFit& numbers = stage.numbers.product;
  for (std::int64_t i = 0; stage.moment.landed && numbers.size > 0 && i < stage.taps(); ++i) {
    const conv::StampTerm& term = stage.term(stage.first_term(row) + i);
    if (!term.kept) {
      const Rect cell = plane.cell_at(term.output_at);
      draw_cell_number(brush, cell, kit::number_text(term.product, numbers.style), numbers,
                       brush.palette.text_dim, 0.85F);
    }
  }
}

// Small dots at a cell's lower edge, one for each stamp, where there are several.
void draw_pips(kit::Brush& brush, const StampStage& stage, const Rect& cell, std::int64_t count,
               float value) {
  constexpr std::int64_t kMostPips = 9;
  if (count < 2 || cell.w < 24 * brush.scale) {
    return;
  }
  const auto pips = static_cast<float>(std::min(count, kMostPips));
  const float size = std::min({cell.w * 0.07F, 5 * brush.scale, cell.w * 0.9F / (pips * 1.9F)});
  const float step = size * 1.9F;
  const Rgba fill = color_of(product_scale(stage, brush.palette), value);
  float x = cell.center().x - (pips * step - (step - size)) / 2;
  for (int i = 0; i < static_cast<int>(pips); ++i) {
    brush.fill({x, cell.bottom() - cell.h * 0.12F - size / 2, size, size},
               faded(ink_on(fill), 0.75F), size / 2);
    x += step;
  }
}

// Sums where stamps have landed, empty places elsewhere.
void draw_output(kit::Brush& brush, const StampStage& stage, std::size_t row) {
  const flat::Plane& plane = stage.layout.output[row];
  const Rect& view = stage.layout.view;
  draw_cut_ring(brush, stage, row);
  if (stage.sums.empty()) {
    kit::draw_empty_cells(brush, plane, session::TensorRole::kOutput, stage.batch(), stage.map(row),
                          view);
    brush.centered_text(kit::intersection(plane.rect, view), brush.locale.text("stage.computing"),
                        Font::kSans, stage.layout.caption_size, brush.palette.text_dim);
    return;
  }
  const kit::PlaneStyle style = output_style(stage, brush.palette, stage.sums, row);
  kit::draw_cells(brush, plane, style, view);
  kit::draw_numbers(brush, plane, style, stage.numbers.output, view);
  const float gap = kit::cell_gap(brush, plane.cell);
  for (std::int64_t p = 0; plane.h * plane.w <= kMostCells && p < plane.h * plane.w; ++p) {
    const Index at = {stage.batch(), stage.map(row), p / plane.w, p % plane.w};
    const auto count = static_cast<std::int64_t>(stage.counts.at({0, 0, at.y, at.x}));
    const Rect cell = plane.cell_at(at);
    if (count == 0 && !stage.moment.complete) {
      brush.add(Box{.rect = {cell.x + gap / 2, cell.y + gap / 2, cell.w - gap, cell.h - gap},
                    .fill = brush.palette.empty_cell,
                    .target = session::Target{session::TensorRole::kOutput, at}});
    } else {
      draw_pips(brush, stage, cell, count, stage.sums.at(at));
    }
  }
  outline_plane(brush, plane.rect, brush.palette.output.line, row_active(stage, row));
}

}  // namespace

ColorScale product_scale(const StampStage& stage, const Palette& palette) {
  return kit::output_scale(stage.layer, palette);
}

StampNumbers fit_numbers(const kit::Brush& brush, const StampStage& stage) {
  const StampLayout& layout = stage.layout;
  const Palette& palette = brush.palette;
  std::vector<kit::NumberFit> weights;
  std::vector<kit::NumberFit> products;
  std::vector<kit::NumberFit> outputs;
  for (std::size_t row = 0; row < layout.kernel.size(); ++row) {
    weights.push_back(kit::fit_numbers(brush, layout.kernel[row], weight_style(stage, palette, row),
                                       layout.view));
    products.push_back(kit::fit_numbers(brush, taps_of(stage, row),
                                        product_style(stage, palette, row), layout.view));
    // The finished map has the longest numbers, mostly: their size stays from step to step.
    for (const Tensor& values : {stage.layer.output, stage.sums}) {
      if (!values.empty()) {
        outputs.push_back(kit::fit_numbers(brush, layout.output[row],
                                           output_style(stage, palette, values, row), layout.view));
      }
    }
  }
  const kit::PlaneStyle input = input_style(stage, palette, stage.channel());
  return {kit::fit_numbers(brush, layout.input, input, layout.view), smallest(weights),
          smallest(products), smallest(outputs)};
}

void draw_planes(kit::Brush& brush, const StampStage& stage) {
  draw_input(brush, stage);
  for (std::size_t row = 0; row < stage.layout.kernel.size(); ++row) {
    draw_kernel(brush, stage, row);
    draw_stamp(brush, stage, row);
    draw_output(brush, stage, row);
  }
}

}  // namespace convscope::picture::stamp
