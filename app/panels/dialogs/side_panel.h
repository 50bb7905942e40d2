// The welcome and the export stand over the right side of the stage, which goes on behind them.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

picture::Rect side_panel_area(const PanelContext& context, const picture::Rect& stage);

// What such a panel leaves of the stage: the place for notes. All of it where that is too little.
picture::Rect beside_side_panel(const PanelContext& context, const picture::Rect& stage);

}  // namespace convscope::panels
