// The flat view: input on the left, filter in the middle, the growing feature map on the right, the
// sum below.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::flat {

void compose_flat(kit::Canvas& canvas, const session::Session& session,
                  const derive::LayerResult& own, const step::Moment& moment,
                  const Viewport& viewport);

}  // namespace convscope::picture::flat
