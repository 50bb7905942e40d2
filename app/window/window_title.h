// The title of the window.
#pragma once

#include <string>

#include "app/window/store.h"

namespace convscope::window {

// "Lesson · Convscope", in the session's language, with a dot before it while there are unsaved
// edits.
std::string window_title(const Store& store);

}  // namespace convscope::window
