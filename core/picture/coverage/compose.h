// The coverage view: how many windows touch each cell of the input, and how many terms reach each
// cell of the output.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/brush.h"

namespace convscope::picture::coverage {

void compose_coverage(kit::Brush& brush, const session::Session& session,
                      const derive::Derived& derived, const Canvas& canvas);

}  // namespace convscope::picture::coverage
