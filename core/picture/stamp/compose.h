// "Stamp and add", the other way to show a transposed convolution: every input value stamps its
// multiple of the kernel, and the stamps add up. The clock counts input cells.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"

namespace convscope::picture::stamp {

void compose_stamp(kit::Canvas& canvas, const session::Session& session,
                   const derive::Derived& derived, const Viewport& viewport);

}  // namespace convscope::picture::stamp
