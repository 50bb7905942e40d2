// Edits of the input as a whole. Internal to update(), except for the problems.
#pragma once

#include <vector>

#include "core/session/action.h"
#include "core/session/session.h"

namespace convscope::session {

// What can't be done leaves the input as it was and sets a notice.
void set_input_size(Session& session, const action::SetInputSize& action);
void fill_input(Session& session, const action::FillInput& action);
void change_input(Session& session, const action::ChangeInput& action);
void take_picture(Session& session, const action::PictureTaken& action);

// Why the input can't have this shape; empty when it can.
std::vector<Problem> input_problems(const Session& session, const Shape& shape, Mend mend);
// (N, C, H, W) that the action asks for.
Shape input_shape_of(const Session& session, const action::SetInputSize& action);

}  // namespace convscope::session
