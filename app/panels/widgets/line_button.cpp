#include "app/panels/widgets/line_button.h"

#include "app/panels/widgets/buttons.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"

namespace convscope::panels::widgets {

bool line_button(const PanelContext& context, const char* id, const std::string& words, bool chosen,
                 const std::string& tip) {
  ImGui::PushStyleVar(ImGuiStyleVar_ButtonTextAlign, {0, 0.5F});
  const bool pressed =
      choice_button(context, id, words, chosen, tip, ImGui::GetContentRegionAvail().x);
  ImGui::PopStyleVar();
  return pressed;
}

}  // namespace convscope::panels::widgets
