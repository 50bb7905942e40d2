// Who has the keyboard, from the strongest:
// - A field that is typed into has every key, and so has an open dropdown. Only Ctrl+Q passes.
// - A dialog or the help has every key but those that close it.
// - What changes the stage by a bare digit, letter or sign (Shortcut::stage_only) needs the stage's
//   focus. The stage has it at first; a click into a side panel gives it to that panel, which wears
//   a ring; Esc or a click on the stage gives it back. So a number that misses its field does
//   nothing.
// - All other keys (Space, arrows, Ctrl+...) work from anywhere.
#pragma once

#include <deque>

#include "app/panels/commands/shortcuts.h"
#include "app/panels/layout.h"

namespace convscope::panels {

// Whether a key may run this command now. `unsaved`: leaving the document would ask. For use
// between two frames of ImGui.
bool may_run(Command command, const UiState& ui, bool unsaved);

// Runs the commands among the events of a frame, and hands every event to ImGui.
void feed_events(const std::deque<InputEvent>& events, const PanelContext& context);

// Lets a click of this frame move the focus. Before the panels are drawn.
void follow_clicks(const Layout& layout, UiState& ui);

}  // namespace convscope::panels
