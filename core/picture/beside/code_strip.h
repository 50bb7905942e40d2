// The code strip at the foot of the stage: the lecture's own program beside the numbers of the
// moment, with the current statement highlighted.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::beside {

// The height in pixels that the strip takes off a stage of this size: the same at every step; 0
// where there is none. For clocks that count the cells of the map.
float code_strip_height(const kit::Canvas& canvas, const session::Session& session,
                        const derive::LayerResult& layer, const step::Moment& moment,
                        const Viewport& viewport);

void draw_code_strip(kit::Canvas& canvas, const session::Session& session,
                     const derive::LayerResult& layer, const step::Moment& moment,
                     const Rect& rect);

}  // namespace convscope::picture::beside
