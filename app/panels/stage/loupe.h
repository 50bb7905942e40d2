// The loupe: the cells around the pointer, enlarged, with their numbers.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

void draw_loupe(const PanelContext& context, const picture::Rect& stage_area, picture::Point point);

}  // namespace convscope::panels
