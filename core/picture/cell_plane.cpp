#include "core/picture/cell_plane.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/conv/padding.h"
#include "core/picture/number_text.h"
#include "core/picture/plane_pixels.h"

namespace convscope {

namespace {

// At scale 1: cells from here on carry numbers, fully opaque from there on.
constexpr float kFadeInFrom = 15;
constexpr float kFadeInTo = 18;
constexpr float kSmallestNumber = 9;

TensorGrid grid_of(const Plane& plane, const PlaneStyle& style, const Rect& visible, float gap) {
  return {.rect = plane.rect,
          .visible = visible,
          .tensor = style.tensor,
          .n = style.n,
          .c = style.c,
          .scale = style.scale,
          .gap = gap,
          .revealed = style.revealed,
          .opacity = style.opacity,
          .role = style.role};
}

float number_alpha(const Brush& brush, float cell) {
  const float s = brush.scale;
  return std::clamp((cell - kFadeInFrom * s) / ((kFadeInTo - kFadeInFrom) * s), 0.0F, 1.0F);
}

// Calls visit(value) for the values in sight.
template <typename Visit>
void each_value(const PlaneStyle& style, const CellRange& cells, const Visit& visit) {
  for (std::int64_t y = cells.y0; y < cells.y1; ++y) {
    for (std::int64_t x = cells.x0; x < cells.x1; ++x) {
      visit(style.tensor.at({style.n, style.c, y, x}));
    }
  }
}

// The widest number in sight at 1 pixel per em.
float widest_number(const Brush& brush, const PlaneStyle& style, const CellRange& cells,
                    const NumberStyle& numbers) {
  float widest = 0;
  each_value(style, cells, [&](float value) {
    widest = std::max(widest, brush.metrics.width(number_text(value, numbers), Font::kSans, 1));
  });
  return widest;
}

// The ways to write the numbers, best first.
std::vector<NumberStyle> number_styles(const PlaneStyle& style, const CellRange& cells) {
  constexpr int kLongestExact = 6;
  bool exact = true;
  each_value(style, cells,
             [&](float value) { exact = exact && is_exact_text(value, kLongestExact); });
  if (exact) {
    return {{8, -1}, {7, -1}, {6, -1}, {5, -1}, {4, -1}, {3, -1}};
  }
  return {{6, 2}, {5, 1}};
}

// Dashed outline, and the value in a quieter ink than a real cell's.
void draw_padding_cell(Brush& brush, const Rect& cell, const std::optional<float>& value,
                       const Target& target, const NumberFit& numbers) {
  const float inset = brush.line_width(1.5F);
  const Rect box = {cell.x + inset, cell.y + inset, cell.w - 2 * inset, cell.h - 2 * inset};
  brush.add(Box{.rect = box,
                .fill = kTransparent,
                .stroke = brush.palette.padding_hatch,
                .stroke_width = brush.line_width(1),
                .dash = std::max(2.0F, cell.w / 9),
                .target = target});
  if (numbers.size > 0) {
    brush.centered_text(cell, number_text(value.value_or(0.0F), numbers.style), Font::kSans,
                        numbers.size, faded(brush.palette.text_dim, numbers.alpha));
  }
}

}  // namespace

Rect intersection(const Rect& a, const Rect& b) {
  const float x0 = std::max(a.x, b.x);
  const float y0 = std::max(a.y, b.y);
  return {x0, y0, std::max(0.0F, std::min(a.right(), b.right()) - x0),
          std::max(0.0F, std::min(a.bottom(), b.bottom()) - y0)};
}

float cell_gap(const Brush& brush, float cell) {
  return cell >= 10 * brush.scale ? std::max(1.0F, std::round(brush.line_width(1.4F))) : 0;
}

NumberFit fit_numbers(const Brush& brush, const Plane& plane, const PlaneStyle& style,
                      const Rect& viewport) {
  const float alpha = number_alpha(brush, plane.cell);
  const Rect visible = intersection(plane.rect, viewport);
  if (alpha <= 0 || visible.w <= 0 || visible.h <= 0) {
    return {};
  }
  const CellRange cells = visible_cells(grid_of(plane, style, visible, 0));
  const float smallest = kSmallestNumber * brush.scale;
  for (const NumberStyle& numbers : number_styles(style, cells)) {
    const float widest = std::max(widest_number(brush, style, cells, numbers), 0.5F);
    const float size = std::min(plane.cell * 0.42F, plane.cell * 0.84F / widest);
    if (size >= smallest) {
      return {std::floor(size * 2) / 2, numbers, alpha};
    }
  }
  return {};
}

NumberFit common_fit(const NumberFit& a, const NumberFit& b) {
  NumberFit both = a.size <= b.size ? a : b;
  both.style.max_chars = std::min(a.style.max_chars, b.style.max_chars);
  both.style.decimals = std::max(a.style.decimals, b.style.decimals);
  return both;
}

void draw_cells(Brush& brush, const Plane& plane, const PlaneStyle& style, const Rect& viewport) {
  const Rect visible = intersection(plane.rect, viewport);
  if (visible.w > 0 && visible.h > 0 && !style.tensor.empty()) {
    const float gap = cell_gap(brush, plane.cell);
    if (gap > 0 && style.revealed < 0) {
      brush.fill(visible, brush.palette.cell_line);
    }
    brush.add(grid_of(plane, style, visible, gap));
  }
}

void draw_numbers(Brush& brush, const Plane& plane, const PlaneStyle& style,
                  const NumberFit& numbers, const Rect& viewport,
                  const std::vector<Index>& lifted) {
  const Rect visible = intersection(plane.rect, viewport);
  if (numbers.size <= 0 || visible.w <= 0 || visible.h <= 0 || style.tensor.empty()) {
    return;
  }
  const CellRange cells = visible_cells(grid_of(plane, style, visible, 0));
  for (std::int64_t y = cells.y0; y < cells.y1; ++y) {
    for (std::int64_t x = cells.x0; x < cells.x1; ++x) {
      if (style.revealed >= 0 && y * plane.w + x >= style.revealed) {
        return;
      }
      const Index at = {style.n, style.c, y, x};
      const float value = style.tensor.at(at);
      Rect cell = plane.cell_at(at);
      if (std::find(lifted.begin(), lifted.end(), at) != lifted.end()) {
        cell.y -= plane.cell * 0.09F;
      }
      const Rgba ink =
          ink_on(mixed(brush.palette.background, color_of(style.scale, value), style.opacity));
      brush.centered_text(cell, number_text(value, numbers.style), Font::kSans, numbers.size,
                          faded(ink, numbers.alpha * style.opacity));
    }
  }
}

void draw_padding(Brush& brush, const Plane& plane, const PlaneStyle& style,
                  const LayerResult& layer, const NumberFit& numbers, const Rect& viewport) {
  const Pads& pads = layer.pads;
  const auto top = static_cast<double>(pads.top);
  const auto left = static_cast<double>(pads.left);
  const double rows = static_cast<double>(plane.h + pads.top + pads.bottom);
  const double columns = static_cast<double>(plane.w + pads.left + pads.right);
  const std::array<Rect, 4> bands = {
      plane.cells(-top, -left, top, columns),
      plane.cells(static_cast<double>(plane.h), -left, static_cast<double>(pads.bottom), columns),
      plane.cells(0, -left, static_cast<double>(plane.h), left),
      plane.cells(0, static_cast<double>(plane.w), static_cast<double>(plane.h),
                  static_cast<double>(pads.right))};
  for (const Rect& band : bands) {
    const Rect visible = intersection(band, viewport);
    if (visible.w > 0 && visible.h > 0) {
      brush.fill(visible, brush.palette.padding_fill);
      brush.add(Hatch{visible, faded(brush.palette.padding_hatch, 0.55F), 8 * brush.scale,
                      brush.line_width(1)});
    }
  }
  if (plane.cell < kFadeInFrom * brush.scale) {
    return;  // the ring is a few pixels wide: the hatching says it
  }
  const double total_rows = rows - top;
  for (double y = -top; y < total_rows; ++y) {
    for (double x = -left; x < columns - left; ++x) {
      const Rect cell = plane.cells(y, x);
      const auto iy = static_cast<std::int64_t>(y);
      const auto ix = static_cast<std::int64_t>(x);
      const bool inside = iy >= 0 && iy < plane.h && ix >= 0 && ix < plane.w;
      if (inside) {
        x = static_cast<double>(plane.w - 1);  // on to the right-hand ring
        continue;
      }
      const Rect visible = intersection(cell, viewport);
      if (visible.w <= 0 || visible.h <= 0) {
        continue;
      }
      const auto sy = source_index(iy, plane.h, layer.spec.padding_mode);
      const auto sx = source_index(ix, plane.w, layer.spec.padding_mode);
      std::optional<float> value;
      if (sy && sx) {
        value = style.tensor.at({style.n, style.c, *sy, *sx});
      }
      draw_padding_cell(brush, cell, value, {TensorRole::kInput, {style.n, style.c, iy, ix}},
                        numbers);
    }
  }
}

void draw_empty_cells(Brush& brush, const Plane& plane, TensorRole role, std::int64_t n,
                      std::int64_t c, const Rect& viewport) {
  const Rect visible = intersection(plane.rect, viewport);
  if (visible.w <= 0 || visible.h <= 0) {
    return;
  }
  const float gap = cell_gap(brush, plane.cell);
  brush.fill(visible, gap > 0 ? brush.palette.cell_line : brush.palette.empty_cell);
  if (gap <= 0) {
    return;
  }
  for (std::int64_t y = 0; y < plane.h; ++y) {
    for (std::int64_t x = 0; x < plane.w; ++x) {
      const Rect cell = plane.cells(static_cast<double>(y), static_cast<double>(x));
      const Rect shown = intersection(cell, viewport);
      if (shown.w > 0 && shown.h > 0) {
        brush.add(Box{.rect = {cell.x + gap / 2, cell.y + gap / 2, cell.w - gap, cell.h - gap},
                      .fill = brush.palette.empty_cell,
                      .target = Target{role, {n, c, y, x}}});
      }
    }
  }
}

}  // namespace convscope
