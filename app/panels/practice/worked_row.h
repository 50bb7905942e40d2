// The steps to a question's answer, some of them to be filled in.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

void worked_row(const PanelContext& context);

}  // namespace convscope::panels
