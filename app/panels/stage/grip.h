// The grip of a number: the place in its cell where a drag changes it. Elsewhere a drag moves what
// is seen.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// In stage pixels, at the right edge of an editable cell that stands at `cell`; nothing where the
// cell is too small.
std::optional<picture::Rect> grip_of(const PanelContext& context, const session::Target& shown,
                                     const std::optional<picture::Rect>& cell);

// `held`: the pointer is on it, or drags it.
void draw_grip(const PanelContext& context, const picture::Rect& stage_area,
               const picture::Rect& grip, bool held);

}  // namespace convscope::panels
