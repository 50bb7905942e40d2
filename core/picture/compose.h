// Session + Derived -> Picture. One compose_<view> file per view; compose() picks the session's.
#pragma once

#include "core/lesson/derived.h"
#include "core/lesson/locale.h"
#include "core/lesson/session.h"
#include "core/picture/picture.h"
#include "core/picture/text_metrics.h"

namespace convscope {

// The stage in pixels. `scale` is 1 at 1080 lines and sizes text and lines.
struct Canvas {
  float width = 0;
  float height = 0;
  float scale = 1;

  bool operator==(const Canvas&) const = default;
};

// Pure. Any canvas is allowed; one under a few pixels gives a bare background.
Picture compose(const Session& session, const Derived& derived, const Locale& locale,
                const TextMetrics& metrics, const Canvas& canvas);

}  // namespace convscope
