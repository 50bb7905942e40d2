// Nothing is lost without a question. What loses nothing is done at once; the rest waits in the
// UiState until the user has answered the question panel.
#pragma once

#include <optional>

#include "app/panels/ui_state.h"
#include "app/window/store.h"

namespace convscope::window {

// The write that can be done now. Nothing when none is wanted, or when it would replace a file that
// the document neither came from nor was saved to, or one that another program has changed since:
// then the user is asked first.
std::optional<panels::FileWrite> take_write(panels::UiState& ui, const Store& store);

// Offers the document's file when another program has changed it. Looks at the disk: call it when
// the window gets the keyboard back.
void notice_their_changes(panels::UiState& ui, const Store& store);
// Does what the user has answered to that.
void settle_theirs(panels::UiState& ui, Store& store);

// Offers an image smaller that could not be opened because of its size. True: a new offer.
bool offer_to_shrink(panels::UiState& ui, const Store& store);
// Does what the user has answered about an image that is too large.
void settle_shrink(panels::UiState& ui, Store& store);

// Opens the next document or sets ui.quit, unless the user has to be asked first. If the save was
// cancelled or failed, so is this. Call it after the frame's actions and writes.
void settle_leaving(panels::UiState& ui, Store& store);

}  // namespace convscope::window
