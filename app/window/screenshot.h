// A picture of the whole window, panels included, made without a window.
#pragma once

#include "app/files/image/pixels.h"
#include "app/window/store.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::window {

// Waits for the store's maps. Needs a current GL context (HeadlessContext).
files::Pixels screenshot_pixels(Store& store, const picture::TextMetrics& metrics, int width,
                                int height, float scale);

}  // namespace convscope::window
