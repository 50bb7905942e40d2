// The volume view: input, filters and output as blocks of cells in space, the window a box through
// all channels. Projected here, so that every picture has it.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"
#include "core/picture/moment.h"

namespace convscope {

void compose_volume(Brush& brush, const Session& session, const LayerResult& layer,
                    const Moment& moment, const Canvas& canvas);

}  // namespace convscope
