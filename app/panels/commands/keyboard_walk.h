// Tab, the arrows and Enter, where they lead through controls and cells.
// - Tab goes through all controls on screen and past the stage; Shift+Tab goes back.
// - The arrows go on within the panel, and through a list that was clicked; Enter presses.
// - On the stage Enter puts a cursor on a cell; then the arrows move it, Tab takes it to the next
//   tensor, and Enter edits the cell or goes there. Esc takes it away.
#pragma once

#include "app/panels/commands/input.h"
#include "app/panels/panels.h"

namespace convscope::panels {

// Whether the event was used up that way. Call between two ImGui frames, if nothing lies over the
// panels and no text is typed.
bool walk(const InputEvent& event, const PanelContext& context);

// The same through the controls of the dialog that lies over the panels: there Tab and the arrows
// go from each control to the next one.
bool walk_dialog(const InputEvent& event, const PanelContext& context);

}  // namespace convscope::panels
