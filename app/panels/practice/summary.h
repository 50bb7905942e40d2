// What came of the questions.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

void summary(const PanelContext& context);

}  // namespace convscope::panels
