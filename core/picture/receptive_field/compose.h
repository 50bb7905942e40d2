// The receptive field view: a stack of layers; a cell of any lights its region in all lower ones.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"

namespace convscope::picture::receptive_field {

void compose_receptive_field(kit::Canvas& canvas, const session::Session& session,
                             const derive::Derived& derived, const Viewport& viewport);

}  // namespace convscope::picture::receptive_field
