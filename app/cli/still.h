// A session standing still at a step.
#pragma once

#include <cstdint>

#include "app/cli/command_line.h"
#include "core/session/session.h"

namespace convscope::cli {

// A fresh session on what `lesson` names, looking as asked. Throws what open_lesson throws, and
// "scene_out_of_range" and "layer_out_of_range".
session::Session session_on(const std::string& lesson, const Look& look,
                            session::Granularity granularity, const Place& place = {});

// The session at the still of `step` (kStartStep is the empty map): of what its clock counts, which
// may be stamps or steps of training. Throws "step_out_of_range".
session::Session at_step(session::Session session, std::int64_t step);

// `step` itself, kLastStep as the last of `count`. Throws "step_out_of_range" unless it is one of
// them.
std::int64_t checked_step(const session::Session& session, std::int64_t step, std::int64_t count);

}  // namespace convscope::cli
