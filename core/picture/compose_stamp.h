// "Stamp and add", the other way to tell a transposed convolution: every input value stamps its
// multiple of the kernel, and the stamps add up. The clock counts input cells.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"

namespace convscope {

void compose_stamp(Brush& brush, const Session& session, const Derived& derived,
                   const Canvas& canvas);

}  // namespace convscope
