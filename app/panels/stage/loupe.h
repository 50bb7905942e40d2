// The loupe: the cells around the pointer, enlarged, with their numbers.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// Where a loupe of this size goes: right of the pointer (a point of the area) and above it, or
// wherever there is room, within the area.
picture::Rect loupe_place(const picture::Rect& area, picture::Point point, float side, float gap);

void draw_loupe(const PanelContext& context, const picture::Rect& stage_area, picture::Point point);

}  // namespace convscope::panels
