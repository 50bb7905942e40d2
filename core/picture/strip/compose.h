// The strip view: one row of the input and of every output, a bracket for each window, dropped
// cells marked; VALID and SAME one above the other.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::strip {

void compose_strip(kit::Canvas& canvas, const session::Session& session,
                   const derive::LayerResult& layer, const step::Moment& moment,
                   const Viewport& viewport);

}  // namespace convscope::picture::strip
