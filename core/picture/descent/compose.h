// The descent view: a filter fitted by gradient descent, one step of training a position.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/brush.h"

namespace convscope::picture::descent {

void compose_descent(kit::Brush& brush, const session::Session& session,
                     const derive::Derived& derived, const Canvas& canvas);

}  // namespace convscope::picture::descent
