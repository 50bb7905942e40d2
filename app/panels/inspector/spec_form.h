// The layer's settings as a form.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// One row per setting, in PyTorch's words; every edit emits SetSpec.
void spec_form(const PanelContext& context);

}  // namespace convscope::panels
