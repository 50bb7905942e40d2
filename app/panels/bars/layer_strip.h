// The chain of layers above the stage, with the shapes between them.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

void layer_strip(const PanelContext& context, const picture::Rect& area);

}  // namespace convscope::panels
