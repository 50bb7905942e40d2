#include "core/picture/kit/value_cell.h"

#include <algorithm>
#include <utility>

#include "core/picture/kit/cell_number.h"

namespace convscope::picture::kit {

namespace {

void draw_number(Canvas& canvas, const Rect& rect, const ValueCell& cell, const NumberFit& numbers,
                 Rgba ink, float share = 1) {
  // A pale cell's number stays readable.
  draw_cell_number(canvas, rect, number_text(cell.value, numbers.style), numbers,
                   faded(ink, 0.4F + 0.6F * cell.opacity), share);
}

}  // namespace

void draw_value_cell(Canvas& canvas, const Rect& rect, const ValueCell& cell,
                     const NumberFit& numbers) {
  const Palette& palette = canvas.palette;
  const float gap = cell_gap(canvas, rect.w);
  const Rect inside = inner(rect, gap / 2);
  Box box{.rect = inside, .target = cell.target};
  switch (cell.kind) {
    case ValueCell::Kind::kValue: {
      box.fill = mixed(palette.background, cell.fill, cell.opacity);
      canvas.add(box);
      draw_number(canvas, rect, cell, numbers, ink_on(box.fill));
      return;
    }
    case ValueCell::Kind::kPadding:
      box.fill = faded(palette.padding_fill, cell.opacity);
      if (gap > 0) {
        box.stroke = faded(palette.padding_hatch, cell.opacity);
        box.stroke_width = canvas.line_width(1);
        box.dash = std::max(2.0F, rect.w / 9);
      }
      canvas.add(box);
      draw_number(canvas, rect, cell, numbers, palette.text_dim);
      return;
    case ValueCell::Kind::kInserted:
      box.fill = faded(palette.empty_cell, cell.opacity);
      canvas.add(box);
      draw_number(canvas, rect, cell, numbers, palette.text_dim, 0.75F);
      return;
    case ValueCell::Kind::kEmpty:
      box.fill = palette.empty_cell;
      canvas.add(box);
      return;
  }
}

NumberFit fit_values(const Canvas& canvas, float cell, std::vector<float> values) {
  const auto count = static_cast<std::int64_t>(values.size());
  if (count == 0) {
    return {};
  }
  const Plane plane{{0, 0, static_cast<float>(count) * cell, cell}, 1, count, cell};
  const PlaneStyle style{.tensor = Tensor({1, 1, 1, count}, std::move(values))};
  return fit_numbers(canvas, plane, style, plane.rect);
}

void draw_lit(Canvas& canvas, const Rect& rect, Rgba color, float inside) {
  const float inset = canvas.line_width(1) + inside;
  canvas.outline(inner(rect, inset), color, canvas.line_width(2), 2 * canvas.scale);
}

}  // namespace convscope::picture::kit
