// The choice of views, in the top bar.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

float view_switch_width(const PanelContext& context, bool named);

// An icon for each view; a click shows it, with Shift beside the one that is shown. `named`: the
// names of the views on stage follow.
void view_switch(const PanelContext& context, float y, bool named);

}  // namespace convscope::panels
