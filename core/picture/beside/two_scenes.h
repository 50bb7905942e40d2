// Two scenes side by side under one playhead: a computation and what it is compared with.
#pragma once

#include "core/lesson/locale.h"
#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/shown.h"

namespace convscope::picture::beside {

// One of the two, whose flat view keeps to `cell` and tells its own (compose.cpp).
Picture compose_half(const Shown& shown, const lesson::Locale& locale, const TextMetrics& metrics,
                     kit::SharedCell& cell);

// `shown` has a second scene. Each half says which one it is.
Picture compose_two(const Shown& shown, const lesson::Locale& locale, const TextMetrics& metrics);

}  // namespace convscope::picture::beside
