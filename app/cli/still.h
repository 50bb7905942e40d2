// A session standing still at a step.
#pragma once

#include <cstdint>

#include "app/cli/command_line.h"
#include "core/lesson/session.h"

namespace convscope {

// A fresh session on what `lesson` names, looking as asked. Throws what open_lesson throws.
Session session_on(const std::string& lesson, const Look& look, Granularity granularity);

// The session at the still of `step` (kStartStep is the empty map). Throws "step_out_of_range".
Session at_step(Session session, std::int64_t step);

// Throws "step_out_of_range" unless the lesson has this position.
void check_step(const Session& session, std::int64_t step);

}  // namespace convscope
