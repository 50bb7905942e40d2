// The choice of views, in the top bar.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// How much the buttons say: all their words, the one that is shown, or none.
enum class ViewWords { kAll, kCurrent, kNone };

float view_switch_width(const PanelContext& context, ViewWords words);

// A button for each view; a click shows it, with Shift beside the one that is shown.
void view_switch(const PanelContext& context, float y, ViewWords words);

}  // namespace convscope::panels
