// The strip view: one row of the input and of every output, a bracket for each window, dropped
// cells marked; VALID and SAME one above the other.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"
#include "core/picture/moment.h"

namespace convscope {

void compose_strip(Brush& brush, const Session& session, const LayerResult& layer,
                   const Moment& moment, const Canvas& canvas);

}  // namespace convscope
