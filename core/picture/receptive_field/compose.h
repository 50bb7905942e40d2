// The receptive field view: a stack of layers; a cell of any map highlights its region in all lower
// maps.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"

namespace convscope::picture::receptive_field {

void compose_receptive_field(kit::Canvas& canvas, const session::Session& session,
                             const derive::Derived& derived, const Viewport& viewport);

}  // namespace convscope::picture::receptive_field
