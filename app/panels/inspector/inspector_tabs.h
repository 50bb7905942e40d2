// The row at the inspector's top: what is selected.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

void inspector_tabs(const PanelContext& context);

// Shows this tab, and the inspector, if it is hidden.
void show_tab(const PanelContext& context, InspectorTab tab);

// The tab that tells about the caption at this point of the stage, if there is one.
std::optional<InspectorTab> caption_at(const PanelContext& context, picture::Point point);

}  // namespace convscope::panels
