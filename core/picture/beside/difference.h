// The difference of two maps, cell by cell, as a column beside them.
#pragma once

#include "core/derive/difference.h"
#include "core/picture/kit/canvas.h"
#include "core/session/session.h"

namespace convscope::picture::beside {

// Of the map on stage. Of a small one only the cells that have been computed.
void draw_difference(kit::Canvas& canvas, const session::Session& session,
                     const derive::Difference& difference, const Rect& rect);

}  // namespace convscope::picture::beside
