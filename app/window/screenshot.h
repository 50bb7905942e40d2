// The whole window, panels included, with no window.
#pragma once

#include "app/paint/pixels.h"
#include "app/window/store.h"
#include "core/picture/text_metrics.h"

namespace convscope {

// Waits for the store's maps. Needs a current GL context (HeadlessContext).
Pixels screenshot_pixels(Store& store, const TextMetrics& metrics, int width, int height,
                         float scale);

}  // namespace convscope
