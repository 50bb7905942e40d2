// What a question hides until it is answered looks the same everywhere: a soft hatch.
#pragma once

#include "core/picture/kit/canvas.h"

namespace convscope::picture::kit {

void draw_veil(Canvas& canvas, const Rect& rect);

}  // namespace convscope::picture::kit
