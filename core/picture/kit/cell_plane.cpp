#include "core/picture/kit/cell_plane.h"

#include <algorithm>
#include <cmath>

#include "core/picture/kit/cell_number.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/raster/plane_pixels.h"

namespace convscope::picture::kit {

namespace {

// At scale 1: cells from here on carry fully opaque numbers.
constexpr float kFadeInTo = 18;
constexpr float kSmallestNumber = 9;

// How much of a cell a number may take: its size, and the width of its text.
constexpr float kHeightOfCell = 0.42F;
constexpr float kWidthOfCell = 0.84F;

TensorGrid grid_of(const Plane& plane, const PlaneStyle& style, const Rect& visible, float gap) {
  return {.rect = plane.rect,
          .visible = visible,
          .tensor = style.tensor,
          .minus = style.minus,
          .n = style.n,
          .c = style.c,
          .scale = style.scale,
          .gap = gap,
          .revealed = style.revealed,
          .opacity = style.opacity,
          .role = style.role};
}

float number_alpha(const Canvas& canvas, float cell) {
  const float s = canvas.scale;
  return std::clamp((cell - kNumbersFrom * s) / ((kFadeInTo - kNumbersFrom) * s), 0.0F, 1.0F);
}

// Calls visit(value) for the values in sight.
template <typename Visit>
void each_value(const PlaneStyle& style, const raster::CellRange& cells, const Visit& visit) {
  for (std::int64_t y = cells.y0; y < cells.y1; ++y) {
    for (std::int64_t x = cells.x0; x < cells.x1; ++x) {
      visit(style.value({style.n, style.c, y, x}));
    }
  }
}

// Widths of numbers at 1 pixel per em.
struct Widths {
  float widest = 0;
  float common = 0;  // of the widest but for those few that are far wider than all others
};

Widths number_widths(const Canvas& canvas, const PlaneStyle& style, const raster::CellRange& cells,
                     const NumberStyle& numbers) {
  constexpr std::size_t kOddOnes = 4;  // at most one in so many
  constexpr float kFarWider = 1.5F;
  std::vector<float> widths;
  each_value(style, cells, [&](float value) {
    widths.push_back(canvas.metrics.width(number_text(value, numbers), Font::kSans, 1));
  });
  const float widest = *std::ranges::max_element(widths);
  const auto common =
      widths.end() - 1 - static_cast<std::ptrdiff_t>((widths.size() + 1) / kOddOnes);
  std::ranges::nth_element(widths, common);
  // Narrower numbers all have the same size.
  const float ordinary = std::max(*common, kWidthOfCell / kHeightOfCell);
  return {widest, widest > kFarWider * ordinary ? ordinary : widest};
}

// The ways to write the numbers, best first.
std::vector<NumberStyle> number_styles(const PlaneStyle& style, const raster::CellRange& cells) {
  constexpr int kLongestExact = 6;
  bool exact = true;
  each_value(style, cells,
             [&](float value) { exact = exact && is_exact_text(value, kLongestExact); });
  if (exact) {
    return {{8, -1}, {7, -1}, {6, -1}, {5, -1}, {4, -1}, {3, -1}};
  }
  return {{6, 2}, {5, 1}};
}

// Zeros inserted between cells: a small mark on the background.
void draw_inserted_cells(Canvas& canvas, const Plane& plane, const PlaneStyle& style,
                         const Rect& visible) {
  const raster::CellRange cells = raster::visible_cells(grid_of(plane, style, visible, 0));
  if (style.stretch == conv::Size2{1, 1} ||
      (cells.y1 - cells.y0) * (cells.x1 - cells.x0) > kMostCells) {
    return;  // as pixels they are dark enough
  }
  const bool marked = plane.cell >= kNumbersFrom * canvas.scale;
  const float inset = plane.cell * 0.26F;
  for (std::int64_t y = cells.y0; y < cells.y1; ++y) {
    for (std::int64_t x = cells.x0; x < cells.x1; ++x) {
      if (style.is_inserted(y, x)) {
        const Rect cell = plane.cells(y, x);
        canvas.fill(intersection(cell, visible), canvas.palette.background);
        if (marked) {
          canvas.add(Box{.rect = inner(cell, inset),
                         .fill = canvas.palette.empty_cell,
                         .radius = 3 * canvas.scale});
        }
      }
    }
  }
}

}  // namespace

float cell_gap(const Canvas& canvas, float cell) {
  return cell >= 10 * canvas.scale ? std::max(1.0F, std::round(canvas.line_width(1.4F))) : 0;
}

NumberFit fit_numbers(const Canvas& canvas, const Plane& plane, const PlaneStyle& style,
                      const Rect& viewport) {
  const float alpha = number_alpha(canvas, plane.cell);
  const Rect visible = intersection(plane.rect, viewport);
  if (alpha <= 0 || visible.w <= 0 || visible.h <= 0) {
    return {};
  }
  const raster::CellRange cells = raster::visible_cells(grid_of(plane, style, visible, 0));
  const float smallest = kSmallestNumber * canvas.scale;
  if (cells.y0 >= cells.y1 || cells.x0 >= cells.x1) {
    return {};
  }
  NumberFit shortest;  // the last resort, where the odd ones are too small to read
  for (const NumberStyle& numbers : number_styles(style, cells)) {
    const Widths widths = number_widths(canvas, style, cells, numbers);
    const auto size_for = [&](float width) {
      return plane.cell * std::min(kHeightOfCell, kWidthOfCell / std::max(width, 0.5F));
    };
    const NumberFit fit = {std::floor(size_for(widths.common) * 2) / 2, numbers, alpha};
    if (size_for(widths.widest) >= smallest) {
      return fit;
    }
    shortest = size_for(widths.common) >= smallest ? fit : shortest;
  }
  return shortest;
}

NumberFit common_fit(const NumberFit& a, const NumberFit& b) {
  NumberFit both = a.size <= b.size ? a : b;
  both.style.max_chars = std::min(a.style.max_chars, b.style.max_chars);
  both.style.decimals = std::max(a.style.decimals, b.style.decimals);
  return both;
}

void draw_cell_number(Canvas& canvas, const Rect& cell, const std::string& text,
                      const NumberFit& numbers, Rgba ink, float share) {
  constexpr float kMostOfCell = 0.94F;
  if (numbers.size > 0 && !text.empty()) {
    const float fitting = cell.w * kMostOfCell / canvas.metrics.width(text, Font::kSans, 1);
    canvas.centered_text(cell, text, Font::kSans, std::min(numbers.size * share, fitting),
                         faded(ink, numbers.alpha));
  }
}

void draw_cells(Canvas& canvas, const Plane& plane, const PlaneStyle& style, const Rect& viewport) {
  const Rect visible = intersection(plane.rect, viewport);
  if (visible.w > 0 && visible.h > 0 && !style.tensor.empty()) {
    const float gap = cell_gap(canvas, plane.cell);
    if (gap > 0 && style.revealed < 0) {
      canvas.fill(visible, canvas.palette.cell_line);
    }
    canvas.add(grid_of(plane, style, visible, gap));
    draw_inserted_cells(canvas, plane, style, visible);
  } else if (!style.tensor.empty()) {
    canvas.add(grid_of(plane, style, {}, 0));  // out of sight, but there
  }
}

void draw_numbers(Canvas& canvas, const Plane& plane, const PlaneStyle& style,
                  const NumberFit& numbers, const Rect& viewport,
                  const std::vector<Index>& lifted) {
  const Rect visible = intersection(plane.rect, viewport);
  if (numbers.size <= 0 || visible.w <= 0 || visible.h <= 0 || style.tensor.empty()) {
    return;
  }
  const raster::CellRange cells = raster::visible_cells(grid_of(plane, style, visible, 0));
  for (std::int64_t y = cells.y0; y < cells.y1; ++y) {
    for (std::int64_t x = cells.x0; x < cells.x1; ++x) {
      if (style.revealed >= 0 && y * plane.w + x >= style.revealed) {
        return;
      }
      if (y * plane.w + x < style.first) {
        continue;
      }
      const Index at = {style.n, style.c, y, x};
      const float value = style.value(at);
      Rect cell = plane.cell_at(at);
      if (std::find(lifted.begin(), lifted.end(), at) != lifted.end()) {
        cell.y -= plane.cell * 0.09F;
      }
      if (style.is_inserted(y, x)) {
        draw_cell_number(canvas, plane.cell_at(at), number_text(value, numbers.style), numbers,
                         canvas.palette.text_dim, 0.72F);
        continue;
      }
      const Rgba ink =
          ink_on(mixed(canvas.palette.background, color_of(style.scale, value), style.opacity));
      draw_cell_number(canvas, cell, number_text(value, numbers.style), numbers,
                       faded(ink, style.opacity));
    }
  }
}

void draw_empty_cells(Canvas& canvas, const Plane& plane, session::TensorRole role, std::int64_t n,
                      std::int64_t c, const Rect& viewport) {
  const Rect visible = intersection(plane.rect, viewport);
  if (visible.w <= 0 || visible.h <= 0) {
    return;
  }
  const float gap = cell_gap(canvas, plane.cell);
  canvas.fill(visible, gap > 0 ? canvas.palette.cell_line : canvas.palette.empty_cell);
  if (gap <= 0) {
    return;
  }
  for_cells(plane, viewport, [&](std::int64_t y, std::int64_t x, const Rect& cell) {
    canvas.add(Box{.rect = inner(cell, gap / 2),
                   .fill = canvas.palette.empty_cell,
                   .target = session::Target{role, {n, c, y, x}}});
  });
}

}  // namespace convscope::picture::kit
