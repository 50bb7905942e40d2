// The presenter's parts of the window (presenter.h).
#pragma once

#include "app/panels/panels.h"

namespace convscope::panels {

// Starts or ends it.
void toggle_presenting(const PanelContext& context);
// Esc: puts down the tool, then ends it. False: nobody presents.
bool leave_presenting(UiState& ui);
// The pen's newest stroke goes. False: there is none to be undone.
bool undo_stroke(UiState& ui);

// How long somebody has presented, and how long the pointer has rested.
void pass_time(UiState& ui, double seconds);
// Seconds until that is to be seen: the notes show seconds, and an idle pointer is hidden.
std::optional<double> presenter_due_in(const UiState& ui);

// Each frame, before the stage: what has been drawn goes with what it was drawn on.
void follow_subject(const PanelContext& context);
// The pointer on the stage. True: a tool has used it, and the stage must not.
bool use_tool(const PanelContext& context, const picture::Rect& stage_area, bool over);
// Whether the pointer is not to be seen, or draws and lights: then it points at no cell either.
bool hides_pointer(const UiState& ui);
// Over the stage: strokes, spotlight; or black over everything.
void present_panel(const PanelContext& context, const Layout& layout);
// In a window of its own: this text, the next one, where the lesson stands, and the time.
// `clock`: "14:05".
void notes_panel(const PanelContext& context, const picture::Rect& area, const std::string& clock);

}  // namespace convscope::panels
