// The descent view: a filter fitted by gradient descent, one step of training a position.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"

namespace convscope::picture::descent {

void compose_descent(kit::Canvas& canvas, const session::Session& session,
                     const derive::Derived& derived, const Viewport& viewport);

}  // namespace convscope::picture::descent
