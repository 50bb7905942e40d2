#include "app/panels/stage/loupe.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/style.h"
#include "core/picture/display/cell_color.h"
#include "core/picture/display/grid_at.h"
#include "core/picture/kit/number_text.h"

namespace convscope::panels {
namespace {

constexpr std::int64_t kReach = 3;  // cells to each side of the one under the pointer
constexpr float kCell = 46;         // at scale 1
constexpr float kLoupeGap = 18;     // between pointer and loupe

bool is_merged(const picture::TensorGrid& grid) {
  return grid.scale.kind == picture::ColorScale::Kind::kRgb;
}

float value_at(const picture::TensorGrid& grid, std::int64_t c, std::int64_t y, std::int64_t x) {
  return grid.value({grid.n, grid.c + c, y, x});
}

// A number a line; the three of a picture stand under each other.
void draw_numbers(const PanelContext& context, const picture::TensorGrid& grid, std::int64_t y,
                  std::int64_t x, const picture::Rect& cell) {
  const std::int64_t channels = is_merged(grid) ? 3 : 1;
  const float size = std::round(cell.h * (channels > 1 ? 0.27f : 0.36f));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 ink = widgets::color(picture::ink_on(picture::cell_color(grid, y, x)));
  ImFont* font = context.fonts.small;
  for (std::int64_t c = 0; c < channels; ++c) {
    const std::string text =
        picture::kit::number_text(static_cast<double>(value_at(grid, c, y, x)), 5);
    const ImVec2 words = font->CalcTextSizeA(size, cell.w * 9, 0, text.c_str());
    const float fitting = std::min(1.0f, 0.92f * cell.w / std::max(1.0f, words.x));
    const float top = cell.y + (cell.h - static_cast<float>(channels) * size) / 2;
    list.AddText(font, size * fitting,
                 {cell.x + (cell.w - words.x * fitting) / 2, top + static_cast<float>(c) * size},
                 ink, text.c_str());
  }
}

}  // namespace

picture::Rect loupe_place(const picture::Rect& area, picture::Point point, float side, float gap) {
  const bool right = point.x + gap + side <= area.w;
  const bool above = point.y - gap - side >= 0;
  const float x = right ? point.x + gap : point.x - gap - side;
  const float y = above ? point.y - gap - side : std::min(point.y + gap, area.h - side);
  return {area.x + std::max(0.0f, x), area.y + std::max(0.0f, y), side, side};
}

void draw_loupe(const PanelContext& context, const picture::Rect& area, picture::Point point) {
  const picture::TensorGrid* grid = picture::grid_at(context.stage, point);
  if (grid == nullptr || grid->tensor.empty()) {
    return;
  }
  const Shape& shape = grid->tensor.shape();
  const auto index = [](float at, float start, float length, std::int64_t count) {
    return static_cast<std::int64_t>(
        std::floor(static_cast<double>(at - start) / static_cast<double>(length) *
                   static_cast<double>(count)));
  };
  const std::int64_t row = index(point.y, grid->rect.y, grid->rect.h, shape.h);
  const std::int64_t column = index(point.x, grid->rect.x, grid->rect.w, shape.w);
  const picture::Rect place = loupe_place(
      area, point, std::round(context.px(kCell)) * (2 * kReach + 1), context.px(kLoupeGap));
  const float side = place.w / (2 * kReach + 1);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({place.x, place.y}, {place.right(), place.bottom()},
                     widgets::color(context.palette.surface));
  for (std::int64_t dy = -kReach; dy <= kReach; ++dy) {
    for (std::int64_t dx = -kReach; dx <= kReach; ++dx) {
      const std::int64_t y = row + dy;
      const std::int64_t x = column + dx;
      const bool known = grid->revealed < 0 || y * shape.w + x < grid->revealed;
      if (!contains(shape, {grid->n, grid->c, y, x}) || !known) {
        continue;
      }
      const picture::Rect cell = {place.x + static_cast<float>(dx + kReach) * side,
                                  place.y + static_cast<float>(dy + kReach) * side, side, side};
      list.AddRectFilled({cell.x, cell.y}, {cell.right() - 1, cell.bottom() - 1},
                         widgets::color(picture::cell_color(*grid, y, x)));
      draw_numbers(context, *grid, y, x, cell);
    }
  }
  const float line = std::max(1.0f, std::round(context.px(2)));
  const float middle = side * static_cast<float>(kReach);
  list.AddRect({place.x + middle, place.y + middle},
               {place.x + middle + side, place.y + middle + side},
               widgets::color(context.palette.accent), 0, 0, line);
  list.AddRect({place.x, place.y}, {place.right(), place.bottom()},
               widgets::color(context.palette.text_dim), 0, 0, line);
}

}  // namespace convscope::panels
