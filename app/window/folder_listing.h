// What the file dialog shows of a folder.
#pragma once

#include <string>

#include "app/panels/ui_state.h"

namespace convscope::window {

// Fills folder, parent and entries: folders first, then what the dialog is about: what can be
// opened, lessons, or exported pictures; nothing hidden. An empty `folder` is the current one; of
// one that is gone the nearest that is left is shown; one that can't be read shows as empty. Where
// the dialog wants a proposal, its name becomes one that is free: "cross-5x5-2.json".
void list_folder(const std::string& folder, panels::FileDialog& dialog);

}  // namespace convscope::window
