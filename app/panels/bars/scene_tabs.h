// The scenes of the lesson, in the top bar.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// From where the last item ended, at most `room` wide: names while they fit, else shortened ones,
// else numbers with the current name spelled out, else the current one between two arrows.
void scene_tabs(const PanelContext& context, float y, float room);

// What all of them take by shortened names, and between two arrows.
float scene_names_width(const PanelContext& context);
float scene_stepper_width(const PanelContext& context);

}  // namespace convscope::panels
