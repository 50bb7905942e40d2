// Session + Derived -> Picture. One compose_<view> file per view; compose() picks the session's.
#pragma once

#include "core/derive/derived.h"
#include "core/lesson/locale.h"
#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"
#include "core/session/session.h"

namespace convscope::picture {

// The stage in pixels. `scale` is 1 at 1080 lines and sizes text and lines.
struct Viewport {
  float width = 0;
  float height = 0;
  float scale = 1;

  bool operator==(const Viewport&) const = default;
};

// Pure. Any canvas is allowed; one under a few pixels gives a bare background.
Picture compose(const session::Session& session, const derive::Derived& derived,
                const lesson::Locale& locale, const TextMetrics& metrics, const Viewport& viewport);

}  // namespace convscope::picture
