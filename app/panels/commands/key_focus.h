// Who gets a key press, in order of priority:
// - A text field being edited or an open dropdown gets every key except Ctrl+Q.
// - A dialog or the help gets every key; only the keys that close it run commands.
// - While a question waits for its answer only what can't give it away works: A to D, help,
//   language, theme, Esc.
// - Single digits, letters and signs that change the stage (Hearing::stage_only) work only while
//   the stage has the focus, so that a number typed beside its field changes nothing. The stage has
//   the focus at first. Clicking a side panel moves it there (the panel shows a ring); Esc or a
//   click on the stage moves it back.
// - Tab, and Enter and the arrows where they lead through controls or cells, go there
//   (keyboard_walk.h).
// - All other keys (Space, arrows, Ctrl+...) work everywhere.
#pragma once

#include <deque>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/layout.h"

namespace convscope::panels {

// Whether a key may run this command now. `unsaved`: the document has edits to lose. Call between
// two ImGui frames.
bool may_run(Command command, const UiState& ui, bool unsaved);

// Runs the commands in a frame's events and passes every event on to ImGui.
void feed_events(const std::deque<InputEvent>& events, const PanelContext& context);

// Moves the focus after a click. Call before the panels are drawn.
void follow_clicks(const Layout& layout, UiState& ui);

}  // namespace convscope::panels
