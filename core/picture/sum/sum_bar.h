// The sum bar: every product of the step, spelled out at the foot of the stage.
#pragma once

#include <vector>

#include "core/derive/derived.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/highlight.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::sum {

// Draws the bar into `rect`, unless it has no height, and returns where the final value stands (or
// will stand): the value flies from there. The formula names the input as the session's layer does.
Rect draw_sum_bar(kit::Canvas& canvas, const Rect& rect, const session::Session& session,
                  const derive::LayerResult& layer, const step::Moment& moment,
                  const step::Highlight& lit);

}  // namespace convscope::picture::sum
