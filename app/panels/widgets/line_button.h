// One choice of a list of lines.
#pragma once

#include <string>

#include "app/panels/panels.h"

namespace convscope::panels::widgets {

// As wide as there is room, its words at the left; true if it was pressed and not chosen before.
// Words that don't fit are truncated.
bool line_button(const PanelContext& context, const char* id, const std::string& words, bool chosen,
                 const std::string& tip = "");

}  // namespace convscope::panels::widgets
