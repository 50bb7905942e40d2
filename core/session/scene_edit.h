// What edits of a scene have in common. Internal to update().
#pragma once

#include <functional>
#include <vector>

#include "core/session/session.h"

namespace convscope::session {

// Makes a new version of the lesson with what `edit` does to the scene on stage, and keeps history,
// clock and selection in step. Without `commit` it is one moment of a drag.
void edit_scene(Session& session, bool commit, const std::function<void(lesson::Scene&)>& edit);

// Why the scene's layers from `first` on can't run; empty when they can.
std::vector<Problem> chain_problems(const lesson::Scene& scene, std::int64_t first);

// After a change of shapes: layers without weights take the channels that come, and what was made
// for other shapes is dropped. The layers must run.
void settle_scene(lesson::Scene& scene);

// Whether the layers run and all tensors have their shapes.
bool can_be_shown(const lesson::Scene& scene);

}  // namespace convscope::session
