// The sum bar: every product of the step, spelled out at the foot of the stage.
#pragma once

#include <vector>

#include "core/lesson/derived.h"
#include "core/picture/brush.h"
#include "core/picture/highlight.h"
#include "core/picture/moment.h"

namespace convscope {

// Draws the bar into `rect` and returns where the final value stands (or will stand): the value
// flies from there.
Rect draw_sum_bar(Brush& brush, const Rect& rect, const LayerResult& layer, const Moment& moment,
                  const Highlight& lit, Granularity granularity);

}  // namespace convscope
