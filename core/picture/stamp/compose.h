// "Stamp and add", the other way to tell a transposed convolution: every input value stamps its
// multiple of the kernel, and the stamps add up. The clock counts input cells.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/brush.h"

namespace convscope::picture::stamp {

void compose_stamp(kit::Brush& brush, const session::Session& session,
                   const derive::Derived& derived, const Canvas& canvas);

}  // namespace convscope::picture::stamp
