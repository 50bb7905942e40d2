// Undo and redo: snapshots of the documents. Internal to update().
#pragma once

#include <string>

#include "core/session/session.h"

namespace convscope::session {

// The session's document as undo keeps it.
Snapshot snapshot_of(const Session& session);

// Notes that `before` became `now`. While a drag is open its moments count as one change; `commit`
// ends the drag.
void record_change(History& history, Snapshot before, const lesson::Lesson& now, bool commit);

// Notes that another document, `now`, took the place of `before`.
void record_opening(History& history, Snapshot before, const lesson::Lesson& now);

// Gives the newest step its name; a drag keeps that of its first moment.
void name_change(History& history, const std::string& change);

// Ends a drag. One that came back to where it began leaves no trace.
void close_drag(History& history, const lesson::Lesson& now);

// One step back or forward; false when there is none.
bool undo_change(History& history, Snapshot& now);
bool redo_change(History& history, Snapshot& now);

}  // namespace convscope::session
