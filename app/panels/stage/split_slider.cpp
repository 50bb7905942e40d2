#include "app/panels/stage/split_slider.h"

#include <algorithm>
#include <cmath>

#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels {

void split_slider(const PanelContext& context, const picture::Rect& stage) {
  const std::optional<picture::Rect>& picture = context.stage.split_area;
  const std::optional<double>& split = context.session.look.split;
  if (!picture || !split) {
    return;
  }
  const float x = stage.x + picture->x + static_cast<float>(*split) * picture->w;
  const float top = std::max(stage.y + picture->y, stage.y);
  const float bottom = std::min(stage.y + picture->bottom(), stage.bottom());
  if (x < stage.x || x > stage.right() || bottom <= top) {
    return;
  }
  const float half = std::round(context.px(8));
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ImVec4(0, 0, 0, 0));
  widgets::begin_area("split", {x - half, top, 2 * half, bottom - top}, false, /*above=*/true);
  ImGui::PopStyleColor();
  ImGui::InvisibleButton("slider", {2 * half, bottom - top});
  const bool held = ImGui::IsItemActive();
  if (held || ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  }
  if (held) {
    const double share = std::clamp(
        static_cast<double>((ImGui::GetIO().MousePos.x - stage.x - picture->x) / picture->w), 0.0,
        1.0);
    if (share != *split) {
      context.emit(session::action::SetSplit{share});
    }
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float line = std::max(1.0f, context.px(2));
  const ImU32 ink = widgets::color(context.palette.accent);
  list.AddLine({x, top}, {x, bottom}, ink, line);
  const float y = (top + bottom) / 2;
  const float knob = half * 0.9f;
  list.AddCircleFilled({x, y}, knob, ink, 24);
  const ImU32 mark = widgets::color(picture::ink_on(context.palette.accent));
  for (const float side : {-1.0f, 1.0f}) {
    list.AddTriangleFilled({x + side * knob * 0.65f, y}, {x + side * knob * 0.2f, y - knob * 0.4f},
                           {x + side * knob * 0.2f, y + knob * 0.4f}, mark);
  }
  widgets::end_area();
}

}  // namespace convscope::panels
