#include "core/picture/kit/veil.h"

#include <algorithm>

#include "core/picture/kit/plane.h"

namespace convscope::picture::kit {

void draw_veil(Canvas& canvas, const Rect& rect) {
  if (rect.w <= 0 || rect.h <= 0) {
    return;
  }
  const float radius = 8 * canvas.scale;
  canvas.fill(rect, canvas.palette.raised, radius);
  canvas.add(Hatch{.rect = inner(rect, radius / 2),
                   .color = faded(canvas.palette.padding_hatch, 0.35F),
                   .spacing = 14 * canvas.scale,
                   .width = canvas.line_width(1)});
  canvas.outline(rect, canvas.palette.border, canvas.line_width(1), radius);
  const float size = std::clamp(rect.h * 0.3F, canvas.text_size(16), canvas.text_size(64));
  const Point middle = rect.center();
  canvas.fill({middle.x - size * 0.45F, middle.y - size * 0.6F, size * 0.9F, size * 1.2F},
              canvas.palette.raised, radius);
  canvas.centered_text(rect, "?", Font::kSansBold, size, canvas.palette.text_dim);
}

}  // namespace convscope::picture::kit
