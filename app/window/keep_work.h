// Nothing is lost without a question. What loses nothing is done at once; the rest waits in the
// UiState until the user has answered the question panel.
#pragma once

#include <optional>

#include "app/panels/ui_state.h"
#include "app/window/store.h"

namespace convscope::window {

// The write that can be done now. Nothing when none is wanted, or when it would replace a file that
// the document neither came from nor was saved to: then the user is asked first.
std::optional<panels::FileWrite> take_write(panels::UiState& ui, const Store& store);

// Opens the next document or sets ui.quit, unless the user has to be asked first. If the save was
// cancelled or failed, so is this. Call it after the frame's actions and writes.
void settle_leaving(panels::UiState& ui, Store& store);

}  // namespace convscope::window
