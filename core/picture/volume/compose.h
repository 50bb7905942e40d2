// The volume view: input, filters and output as blocks of cells in space, the window a box through
// all channels. Projected here, so that every picture has it.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::volume {

void compose_volume(kit::Canvas& canvas, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Viewport& viewport);

}  // namespace convscope::picture::volume
