// What follows from the layer's settings: sizes, counts, shapes.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

void layer_summary(const PanelContext& context);

}  // namespace convscope::panels
