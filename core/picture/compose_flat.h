// The flat view: input on the left, filter in the middle, the growing feature map on the right, the
// sum below.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"
#include "core/picture/flat_layout.h"

namespace convscope {

void compose_flat(Brush& brush, const Session& session, const Derived& derived,
                  const Canvas& canvas);

}  // namespace convscope
