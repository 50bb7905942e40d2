// Undo and redo: snapshots of the document. Internal to update().
#pragma once

#include "core/lesson/session.h"

namespace convscope {

// Notes that `before` became `now`. While a drag is open its moments count as one change; `commit`
// ends the drag.
void record_change(History& history, Lesson before, const Lesson& now, bool commit);

// Ends a drag. One that came back to where it began leaves no trace.
void close_drag(History& history, const Lesson& now);

// One step back or forward; false when there is none.
bool undo_change(History& history, Lesson& now);
bool redo_change(History& history, Lesson& now);

}  // namespace convscope
