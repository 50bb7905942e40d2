// The flat view: input on the left, filter in the middle, the growing feature map on the right, the
// sum below.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"
#include "core/picture/moment.h"

namespace convscope {

void compose_flat(Brush& brush, const Session& session, const LayerResult& own,
                  const Moment& moment, const Canvas& canvas);

}  // namespace convscope
