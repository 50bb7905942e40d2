// The coverage view: how many windows touch each cell of the input, and how many terms reach each
// cell of the output.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"

namespace convscope::picture::coverage {

void compose_coverage(kit::Canvas& canvas, const session::Session& session,
                      const derive::Derived& derived, const Viewport& viewport);

}  // namespace convscope::picture::coverage
