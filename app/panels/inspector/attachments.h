// What belongs to a lesson besides its scenes, and what is wrong with it.
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// Questions and exercises, to be added and taken away.
void attachments(const PanelContext& context);

// The problems that were found when somebody last asked.
void lesson_check(const PanelContext& context);

}  // namespace convscope::panels
