// Nothing is lost without a question. What costs nothing is done at once; the rest waits in the
// UiState until the question panel has an answer.
#pragma once

#include <optional>

#include "app/panels/ui_state.h"
#include "app/window/store.h"

namespace convscope::window {

// The write that can be done now. Nothing when none is wanted, and when it would replace a file
// that the document neither came from nor was saved to: then that is asked first.
std::optional<panels::FileWrite> take_write(panels::UiState& ui, const Store& store);

// Leaves the document unless somebody has to be asked: opens the next one or sets ui.quit. A save
// that was called off or went wrong calls the leaving off, too. Call it when the frame's actions
// and writes are done.
void settle_leaving(panels::UiState& ui, Store& store);

}  // namespace convscope::window
