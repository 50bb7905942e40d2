// What follows from the layer's settings: sizes, counts, shapes.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

void layer_summary(const PanelContext& context);

// Its first part: why the map has its size. A fold.
void size_summary(const PanelContext& context);

}  // namespace convscope::panels
