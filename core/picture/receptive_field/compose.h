// The receptive field view: a stack of layers; a cell of any lights its region in all lower ones.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/brush.h"

namespace convscope::picture::receptive_field {

void compose_receptive_field(kit::Brush& brush, const session::Session& session,
                             const derive::Derived& derived, const Canvas& canvas);

}  // namespace convscope::picture::receptive_field
