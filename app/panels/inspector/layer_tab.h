// The layer: its operator and settings, and what follows from them.
#pragma once

#include <optional>

#include "app/panels/panels.h"

namespace convscope::panels {

// The height of the first row at fault, if there is one.
std::optional<float> layer_tab(const PanelContext& context);

// An operator's class over the dimensions of the scene's layers: "Conv2d".
std::string class_of(const session::Session& session, conv::Op op);

}  // namespace convscope::panels
