// The flat view: input on the left, filter in the middle, the growing feature map on the right, the
// sum below.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/brush.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::flat {

void compose_flat(kit::Brush& brush, const session::Session& session,
                  const derive::LayerResult& own, const step::Moment& moment, const Canvas& canvas);

}  // namespace convscope::picture::flat
