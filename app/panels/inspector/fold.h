// A heading that opens what stands below it.
#pragma once

#include <string>

#include "app/panels/panels.h"

namespace convscope::panels {

// Whether it is open.
bool fold(const PanelContext& context, const std::string& words, bool& open);

}  // namespace convscope::panels
