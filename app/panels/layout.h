// Where the panels stand.
#pragma once

#include <optional>

#include "core/picture/display/picture.h"

namespace convscope::panels {

struct Layout {
  picture::Rect window;
  picture::Rect top_bar;
  std::optional<picture::Rect> lessons;
  picture::Rect stage;
  picture::Rect transport;
  std::optional<picture::Rect> inspector;
};

// The wish for a side panel: shown, hidden, or (without a choice) shown when the stage keeps enough
// room.
struct SidePanels {
  std::optional<bool> lessons;
  std::optional<bool> inspector;
};

// `scale` is 1 at 1080 lines, `text_scale` the theme's. Whole pixels; no rectangle is negative,
// however small the window.
Layout layout_of(float width, float height, float scale, float text_scale, const SidePanels& sides);

}  // namespace convscope::panels
