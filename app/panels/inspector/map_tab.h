// The map that the layer makes: its shape and its values.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

void map_tab(const PanelContext& context);

}  // namespace convscope::panels
