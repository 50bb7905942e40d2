// Shown -> Picture. One compose_<view> file per view; compose() picks the session's.
#pragma once

#include "core/lesson/locale.h"
#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"
#include "core/picture/shown.h"

namespace convscope::picture {

// Pure. Any canvas is allowed; one under a few pixels gives a bare background, and so does a layer
// that is not derived yet. `locale` is that of the session's language.
Picture compose(const Shown& shown, const lesson::Locale& locale, const TextMetrics& metrics);

// Whether the view shows the sum of the cell that the clock stands at: all such views the same one.
bool shows_sums(lesson::View view);

}  // namespace convscope::picture
