// The coverage view: how many windows touch each cell of the input, and how many terms reach each
// cell of the output.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"

namespace convscope {

void compose_coverage(Brush& brush, const Session& session, const Derived& derived,
                      const Canvas& canvas);

}  // namespace convscope
