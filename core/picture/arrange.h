// Pictures put together.
#pragma once

#include "core/picture/picture.h"

namespace convscope {

// Draws `part` into `to` with its top left at `at`, cut to its size.
void append(Picture& to, Picture part, Point at);

}  // namespace convscope
