#include "app/panels/stage/grip.h"

#include <algorithm>

#include "app/panels/stage/stage_cells.h"
#include "app/panels/widgets/style.h"

namespace convscope::panels {
namespace {

constexpr float kLeastCell = 24;  // at scale 1; in smaller ones it would lie on the number
constexpr float kShare = 0.24f;
constexpr float kNarrowest = 9;
constexpr float kWidest = 18;

}  // namespace

std::optional<picture::Rect> grip_of(const PanelContext& context, const session::Target& shown,
                                     const std::optional<picture::Rect>& cell) {
  if (!cell || cell->w < context.px(kLeastCell) || !is_editable(context, shown)) {
    return std::nullopt;
  }
  const float width = std::clamp(kShare * cell->w, context.px(kNarrowest), context.px(kWidest));
  const float height = std::min(cell->h, 3 * width);
  return picture::Rect{cell->right() - width, cell->y + (cell->h - height) / 2, width, height};
}

void draw_grip(const PanelContext& context, const picture::Rect& area, const picture::Rect& grip,
               bool held) {
  const picture::Palette& palette = context.palette;
  const float inset = context.px(1.5f);
  const ImVec2 corner = {area.x + grip.x + inset, area.y + grip.y + inset};
  const ImVec2 opposite = {area.x + grip.right() - inset, area.y + grip.bottom() - inset};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(corner, opposite,
                     widgets::color(held ? palette.accent : picture::faded(palette.raised, 0.9f)),
                     context.px(3));
  const ImU32 ink = widgets::color(held ? picture::ink_on(palette.accent) : palette.text);
  const float x = (corner.x + opposite.x) / 2;
  const float y = (corner.y + opposite.y) / 2;
  const float half = 0.28f * grip.w;
  const float apart = 0.35f * grip.w;
  list.AddTriangleFilled({x, y - apart - 1.6f * half}, {x - half, y - apart}, {x + half, y - apart},
                         ink);
  list.AddTriangleFilled({x, y + apart + 1.6f * half}, {x + half, y + apart}, {x - half, y + apart},
                         ink);
}

}  // namespace convscope::panels
