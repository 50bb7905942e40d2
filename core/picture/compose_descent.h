// The descent view: a filter fitted by gradient descent, one step of training a position.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"

namespace convscope {

void compose_descent(Brush& brush, const Session& session, const Derived& derived,
                     const Canvas& canvas);

}  // namespace convscope
