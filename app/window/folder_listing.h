// What the file dialog shows of a folder.
#pragma once

#include <string>

#include "app/panels/ui_state.h"

namespace convscope::window {

// Fills folder, parent and entries: folders first, then lessons and images; nothing hidden.
// An empty `folder` is the current one; one that can't be read shows as empty.
void list_folder(const std::string& folder, panels::FileDialog& dialog);

}  // namespace convscope::window
