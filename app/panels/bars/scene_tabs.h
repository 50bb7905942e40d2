// The scenes of the lesson, in the top bar.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// Starts after the last item, at most `room` wide: full names if they fit, otherwise shortened
// names, otherwise numbers with only the current name, otherwise the current scene between two
// arrows.
void scene_tabs(const PanelContext& context, float y, float room);

// The width that all need with their names, the longest shortened.
float named_scenes_width(const PanelContext& context);
// The width that the last of these needs.
float scene_stepper_width(const PanelContext& context);

}  // namespace convscope::panels
