#include "app/panels/inspector/fold.h"

#include <cmath>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {

bool fold(const PanelContext& context, const std::string& words, bool& open) {
  const float mark = context.em(14);
  const float height = ImGui::GetFrameHeight();
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const ImVec2 extent = ImGui::CalcTextSize(words.c_str());
  bool pressed = ImGui::InvisibleButton(words.c_str(), {mark + extent.x + context.em(6), height});
  const picture::Palette& palette = context.palette;
  const picture::Rgba ink = ImGui::IsItemHovered() ? palette.accent : palette.text;
  pressed = widgets::focus_stop(context) || pressed;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float x = corner.x + context.em(4);
  const float y = std::round(corner.y + height / 2);
  const float r = context.em(3.5f);
  if (open) {
    list.AddTriangleFilled({x - r, y - r / 2}, {x + r, y - r / 2}, {x, y + r}, widgets::color(ink));
  } else {
    list.AddTriangleFilled({x - r / 2, y - r}, {x + r, y}, {x - r / 2, y + r}, widgets::color(ink));
  }
  list.AddText({corner.x + mark, std::round(corner.y + (height - extent.y) / 2)},
               widgets::color(ink), words.c_str());
  open = pressed ? !open : open;
  return open;
}

}  // namespace convscope::panels
