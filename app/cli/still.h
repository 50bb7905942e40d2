// A session at a given step.
#pragma once

#include <cstdint>

#include "app/cli/command_line.h"
#include "core/session/session.h"

namespace convscope::cli {

// What was opened, with the given look, scene, layer and views. Throws "scene_out_of_range" and
// "layer_out_of_range".
session::Session session_of(files::OpenedLesson opened, const Look& look,
                            session::Granularity granularity, const Place& place = {});
// Opens `lesson` so; what was assumed about it is the session's notice. Throws what open_told
// throws, too.
session::Session session_on(const std::string& lesson, const Look& look,
                            session::Granularity granularity, const Place& place = {});

// The session after `step` (kStartStep: the empty map). Steps are what its clock counts: positions,
// stamps or training steps. Throws "step_out_of_range".
session::Session at_step(session::Session session, std::int64_t step);

// `step`, or the last of `count` for kLastStep. Throws "step_out_of_range" if there is no such
// step.
std::int64_t checked_step(const session::Session& session, std::int64_t step, std::int64_t count);

}  // namespace convscope::cli
