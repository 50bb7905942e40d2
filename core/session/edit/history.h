// Undo and redo. Internal to update().
#pragma once

#include <string>

#include "core/session/session.h"

namespace convscope::session {

// The session's document as undo keeps it.
Snapshot snapshot_of(const Session& session);

// Notes that the document's lesson was edited; `before` is how it was. Until a drag is committed
// all its edits count as one.
void record_change(Document& document, Snapshot before, bool commit);

// Notes that another document took the place of `before`, whose drag is closed.
void record_opening(Document& document, Snapshot before);

// Gives the newest step its name; a drag keeps that of its first moment.
void name_change(Document& document, const std::string& change);

// Ends a drag. One that came back to where it began leaves no trace.
void close_drag(Document& document);

// One step back or forward: exchanges `now` for what is there; false when there is nothing.
bool undo_change(Document& document, Snapshot& now);
bool redo_change(Document& document, Snapshot& now);

}  // namespace convscope::session
