// The volume view: input, filters and output as blocks of cells in space, the window a box through
// all channels. Projected here, so that every picture has it.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/brush.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::volume {

void compose_volume(kit::Brush& brush, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Canvas& canvas);

}  // namespace convscope::picture::volume
