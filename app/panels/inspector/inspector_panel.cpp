// What is selected, with all that can be set about it.
#include <algorithm>

#include "app/panels/commands/copy_as.h"
#include "app/panels/inspector/filter_tab.h"
#include "app/panels/inspector/input_tab.h"
#include "app/panels/inspector/inspector_tabs.h"
#include "app/panels/inspector/layer_tab.h"
#include "app/panels/inspector/map_tab.h"
#include "app/panels/inspector/refusal.h"
#include "app/panels/inspector/texts_tab.h"
#include "app/panels/widgets/imgui_shim.h"
#include "app/panels/widgets/widgets.h"
#include "core/session/edit/build_input.h"

namespace convscope::panels {
namespace {

// The height of the first row at fault, if there is one.
std::optional<float> chosen_tab(const PanelContext& context) {
  switch (context.ui.building.tab) {
    case InspectorTab::kInput:
      return input_tab(context);
    case InspectorTab::kFilter:
      filter_tab(context);
      break;
    case InspectorTab::kLayer:
      return layer_tab(context);
    case InspectorTab::kMap:
      map_tab(context);
      break;
    case InspectorTab::kTexts:
      texts_tab(context);
      break;
    case InspectorTab::kTraining:
      training_section(context);
      break;
  }
  return std::nullopt;
}

// A size that the layers can read by now, or that stands nowhere any more.
void forget_refused_size(const PanelContext& context) {
  Building& building = context.ui.building;
  if (building.refused_size &&
      (building.tab != InspectorTab::kInput || context.session.transient.draft ||
       session::input_problems(context.session, *building.refused_size, session::Mend::kNone)
           .empty())) {
    building.refused_size.reset();
  }
}

}  // namespace

void inspector_panel(const PanelContext& context, const picture::Rect& area) {
  if (context.ui.wanted_field) {
    context.ui.building.tab = InspectorTab::kLayer;  // all fields that are asked for are its own
  }
  widgets::begin_area("inspector", area, true);
  inspector_tabs(context);
  ImGui::BeginChild("form");
  const std::optional<float> fault_y = chosen_tab(context);
  copy_row(context);
  const float top = ImGui::GetWindowPos().y;
  const float bottom = top + ImGui::GetWindowHeight();
  widgets::fade_cut_edges(context);
  ImGui::EndChild();
  const float x = area.x + 0.5f;
  widgets::edge_line(context, {x, area.y}, {x, area.bottom()});
  widgets::focus_ring(context, area, KeyFocus::kInspector);
  widgets::end_area();
  forget_refused_size(context);
  if (context.session.transient.draft || context.ui.building.refused_size) {
    refusal(context, {area.x, std::clamp(fault_y.value_or(top), top, bottom)});
  }
}

}  // namespace convscope::panels
