// The views' icons.
#pragma once

#include "app/panels/widgets/icons.h"
#include "core/lesson/views.h"

namespace convscope::panels {

widgets::Icon icon_of(lesson::View view);

}  // namespace convscope::panels
