// Composing pictures.
#pragma once

#include "core/picture/display/picture.h"

namespace convscope::picture {

// Draws `part` into `to` with its top left at `at`, cut to its size.
void append(Picture& to, Picture part, Point at);

}  // namespace convscope::picture
