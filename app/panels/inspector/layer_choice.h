// Which layer of the scene is on stage.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// A row or more of names, where the scene has several layers.
void layer_choice(const PanelContext& context);

}  // namespace convscope::panels
