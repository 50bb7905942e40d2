// What of a picture must be drawn again when another one follows it: in an animation most of a
// frame is the frame before.
#pragma once

#include <optional>
#include <vector>

#include "core/picture/display/picture.h"
#include "core/picture/display/text_metrics.h"

namespace convscope::picture {

// Whole pixels outside of which both pictures look alike; few and not overlapping much. Nothing:
// all of it (another size or background, or records changed their order).
std::optional<std::vector<Rect>> changed_areas(const Picture& before, const Picture& now,
                                               const TextMetrics& metrics);

// What each record may touch, its anti-aliased edges included, cut to the clips around it. Clips
// themselves touch nothing.
std::vector<Rect> reaches_of(const Picture& picture, const TextMetrics& metrics);

}  // namespace convscope::picture
