#include "core/picture/kit/marks.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/picture/kit/plane.h"

namespace convscope::picture::kit {

float frame_width(const Canvas& canvas, float cell, float most) {
  const float widest =
      cell < 8 * canvas.scale ? canvas.line_width(2) : std::max(cell * 0.1F, 1.5F * canvas.scale);
  return std::min(canvas.line_width(most), widest);
}

void draw_frame(Canvas& canvas, Rect rect, Rgba color, float width, float dash) {
  const float smallest = 9 * canvas.scale;
  const float grow_x = std::max(0.0F, smallest - rect.w) / 2;
  const float grow_y = std::max(0.0F, smallest - rect.h) / 2;
  rect = {rect.x - grow_x, rect.y - grow_y, rect.w + 2 * grow_x, rect.h + 2 * grow_y};
  const float radius = 3 * canvas.scale;
  canvas.outline(rect, faded(canvas.palette.background, 0.75F), width * 1.8F, radius);
  canvas.outline(rect, color, width, radius, dash);
}

void mark_cell(Canvas& canvas, const Rect& cell, Rgba color, float dash) {
  const float inset = std::min(canvas.line_width(1), cell.w * 0.1F);
  const float width = std::min(canvas.line_width(2), std::max(cell.w * 0.2F, 1.0F));
  canvas.outline(inner(cell, inset), color, width, 2 * canvas.scale, dash);
}

void draw_link(Canvas& canvas, Point from, Point to, Rgba color) {
  canvas.line(from, to, faded(color, 0.6F), canvas.line_width(1.2F));
}

void link_right(Canvas& canvas, const Rect& from, const Rect& to, Rgba color) {
  draw_link(canvas, {from.right(), from.y}, {to.x, to.y}, color);
  draw_link(canvas, {from.right(), from.bottom()}, {to.x, to.bottom()}, color);
}

void link_down(Canvas& canvas, const Rect& from, const Rect& to, Rgba color) {
  draw_link(canvas, {from.x, from.bottom()}, {to.x, to.y}, color);
  draw_link(canvas, {from.right(), from.bottom()}, {to.right(), to.y}, color);
}

void draw_hatch(Canvas& canvas, const Rect& rect, const Rect& view, Rgba color, float spacing,
                float width) {
  const Rect visible = intersection(rect, view);
  if (visible.w > 0 && visible.h > 0) {
    canvas.add(Hatch{visible, color, spacing * canvas.scale, canvas.line_width(width)});
  }
}

void draw_flying_value(Canvas& canvas, const std::string& value, Point from, Point to, float t) {
  const float lift = 46 * canvas.scale * std::sin(t * std::numbers::pi_v<float>);
  const Point at = {from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t - lift};
  const float size = canvas.text_size(19);
  const float width = canvas.metrics.width(value, Font::kSansBold, size) + size;
  const float most = std::max(canvas.picture.width - width, 0.0F);
  const Rect chip = {std::clamp(at.x - width / 2, 0.0F, most), at.y - size * 0.8F, width,
                     size * 1.6F};
  canvas.fill(chip, canvas.palette.output.line, 6 * canvas.scale);
  canvas.centered_text(chip, value, Font::kSansBold, size, ink_on(canvas.palette.output.line));
}

}  // namespace convscope::picture::kit
