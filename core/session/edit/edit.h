// Edits of the document. Internal to update(), except for spec_problems().
#pragma once

#include <vector>

#include "core/session/action.h"
#include "core/session/session.h"

namespace convscope::session {

// An edit that can't be done leaves the document as it was and sets a notice or a draft.
void set_value(Session& session, const action::SetValue& action);
void paint(Session& session, const action::Paint& action);
void set_spec(Session& session, const action::SetSpec& action);
void set_relu(Session& session, const action::SetRelu& action);
void set_training(Session& session, const action::SetTraining& action);
void set_start(Session& session, const action::SetStart& action);
void draw_target(Session& session, const action::DrawTarget& action);

// An edit like any other: undo brings the changed numbers back.
void reset_scene(Session& session);
// Why the layer on stage can't have these settings; empty when it can.
std::vector<Problem> spec_problems(const Session& session, const conv::LayerSpec& spec,
                                   Mend mend = Mend::kNone);

void undo(Session& session);
void redo(Session& session);

// Replaces the document, with the clock at the start. Undo brings the old one back.
void open_document(Session& session, lesson::Lesson lesson);

}  // namespace convscope::session
