// The slider between a picture and its map, which lies over it.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

void split_slider(const PanelContext& context, const picture::Rect& stage_area);

}  // namespace convscope::panels
