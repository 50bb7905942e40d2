#include "app/window/screenshot.h"

#include "app/paint/frame_target.h"
#include "app/window/shell.h"

namespace convscope::window {

files::Pixels screenshot_pixels(Store& store, const picture::TextMetrics& metrics, int width,
                                int height, float scale) {
  // ImGui lays out what it has seen once.
  constexpr int kFramesToSettle = 3;
  store.wait();
  Shell shell(store, metrics);
  paint::FrameTarget target(width, height);
  for (int i = 0; i < kFramesToSettle; ++i) {
    target.bind();
    shell.frame(width, height, scale, 1.0 / 60);
  }
  return target.read();
}

}  // namespace convscope::window
