// Where a note stands beside what it speaks of.
#pragma once

#include "core/picture/display/picture.h"

namespace convscope::panels {

// Below, above, right or left of `anchor`, where a note of this size hides the least of the
// picture's words and cells; the first of them where that is equal. Inside the picture, in its
// pixels.
picture::Rect place_beside(const picture::Picture& stage, const picture::Rect& anchor, float width,
                           float height, float margin);

}  // namespace convscope::panels
