// Why what was asked for can't be, the way back, and what would make it possible.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// Beside the inspector, over the edge of the stage, so that no row moves under the pointer. The
// right edge stands at `anchor`, the first line at its height.
void refusal(const PanelContext& context, picture::Point anchor);

}  // namespace convscope::panels
