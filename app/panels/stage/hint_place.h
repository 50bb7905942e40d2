// Where a note stands beside what it speaks of.
#pragma once

#include "core/picture/display/picture.h"

namespace convscope::panels {

// Below, above, right or left of `anchor`, where a note of this size hides none of the picture's
// words and cells; the first of these. Otherwise the nearest place that hides none; if there is no
// such place, the one beside the anchor that hides the least. Inside the picture, in its pixels.
picture::Rect place_beside(const picture::Picture& stage, const picture::Rect& anchor, float width,
                           float height, float margin);

}  // namespace convscope::panels
