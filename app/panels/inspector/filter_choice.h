// Well-known filters for the filter under way.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

void filter_choice(const PanelContext& context);

}  // namespace convscope::panels
