// The strip view: one row of the input and of every output, a bracket for each window, dropped
// cells marked; VALID and SAME one above the other.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"

namespace convscope {

void compose_strip(Brush& brush, const Session& session, const Derived& derived,
                   const Canvas& canvas);

}  // namespace convscope
