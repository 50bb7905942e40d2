// The minimap: while the stage is zoomed in, where on it one is.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// A click or a drag on it goes there.
void minimap(const PanelContext& context, const picture::Rect& stage_area);

}  // namespace convscope::panels
