// The three numbers of a pixel, where it is large enough for them.
#include <algorithm>

#include "core/picture/flat/context.h"
#include "core/picture/kit/number_text.h"

namespace convscope::picture::flat {

void draw_rgb_numbers(kit::Canvas& canvas, const Context& context) {
  constexpr float kLeastCell = 34;  // at scale 1
  constexpr float kShare = 0.25F;
  constexpr float kWidest = 3.1F;  // of "255" with room, in ems
  if (!context.layout.merged_rgb || context.session.look.split) {
    return;
  }
  const kit::Plane& plane = context.layout.input.front();
  if (plane.cell < kLeastCell * canvas.scale) {
    return;
  }
  const Tensor& input = context.layer.input;
  const float size = std::min(kShare * plane.cell, plane.cell / kWidest);
  kit::for_cells(plane, context.layout.view, [&](std::int64_t y, std::int64_t x, const Rect& cell) {
    const auto value = [&](std::int64_t c) { return input.at({context.batch(), c, y, x}); };
    const Rgba ink = ink_on(color_of_rgb(value(0), value(1), value(2)));
    for (std::int64_t c = 0; c < 3; ++c) {
      const float line = cell.h * 0.27F;
      const Rect row = {cell.x, cell.y + cell.h * 0.1F + static_cast<float>(c) * line, cell.w,
                        line};
      canvas.centered_text(row, kit::number_text(static_cast<double>(value(c)), 5), Font::kSans,
                           size, ink);
    }
  });
}

}  // namespace convscope::picture::flat
