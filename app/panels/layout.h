// Where the panels stand.
#pragma once

#include <optional>

#include "core/picture/display/picture.h"

namespace convscope::panels {

// A band at the foot of the stage, for a question or an exercise.
struct Foot {
  float height = 0;       // at scale 1; 0: none
  bool transport = true;  // false: the band takes its place too
};

struct Layout {
  picture::Rect window;
  picture::Rect top_bar;
  std::optional<picture::Rect> lessons;
  std::optional<picture::Rect> strip;  // of layers, above the stage
  picture::Rect stage;
  std::optional<picture::Rect> foot;
  picture::Rect transport;  // of no height where a band has its place
  std::optional<picture::Rect> inspector;
};

// The wish for a panel beside the stage: shown, hidden, or (without a choice) shown when the stage
// keeps enough room.
struct SidePanels {
  std::optional<bool> lessons;
  std::optional<bool> inspector;
  bool strip = false;
};

// `scale` is 1 at 1080 lines, `text_scale` the theme's. Whole pixels; no rectangle is negative,
// however small the window.
// `bare`: nothing but the stage and what stands at its foot.
Layout layout_of(float width, float height, float scale, float text_scale, const SidePanels& sides,
                 const Foot& foot = {}, bool bare = false);

}  // namespace convscope::panels
