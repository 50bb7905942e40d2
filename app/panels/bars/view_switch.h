// The view selector in the top bar.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// Which buttons show their words: all, the current one, or none.
enum class ViewWords { kAll, kCurrent, kNone };

float view_switch_width(const PanelContext& context, ViewWords words);

// A button for each view; a click shows that view, Shift+click shows it side by side with the
// current one.
void view_switch(const PanelContext& context, float y, ViewWords words);

}  // namespace convscope::panels
