// A picture for print.
#pragma once

#include "core/picture/display/picture.h"

namespace convscope::picture {

// White in place of its background, and thinner lines.
Picture on_paper(Picture picture);

}  // namespace convscope::picture
