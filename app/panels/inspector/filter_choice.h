// Well-known filters for the filter under way.
#pragma once

#include "app/panels/inspector/filter_presets.h"
#include "app/panels/panels.h"

namespace convscope::panels {

void filter_choice(const PanelContext& context);

// Whether a preset can take the place of the filter under way: a 3x3 filter of a convolution.
bool takes_presets(const PanelContext& context);
void choose_preset(const PanelContext& context, const FilterPreset& preset);

}  // namespace convscope::panels
