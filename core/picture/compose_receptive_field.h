// The receptive field view: a stack of layers; a cell of any lights its region in all lower ones.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"

namespace convscope {

void compose_receptive_field(Brush& brush, const Session& session, const Derived& derived,
                             const Canvas& canvas);

}  // namespace convscope
