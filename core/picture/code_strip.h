// The code strip at the foot of the stage: the lecture's own program beside the numbers of the
// moment, the statement under way lit.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"
#include "core/picture/moment.h"

namespace convscope {

// The height in pixels that the strip takes off a stage of this size: the same at every step; 0
// where there is none. For clocks that count the cells of the map.
float code_strip_height(const Brush& brush, const Session& session, const LayerResult& layer,
                        const Moment& moment, const Canvas& canvas);

void draw_code_strip(Brush& brush, const Session& session, const LayerResult& layer,
                     const Moment& moment, const Rect& rect);

}  // namespace convscope
