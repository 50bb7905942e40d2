// The sum alone, as a picture: for a slide, or a line of text.
#pragma once

#include "core/picture/compose.h"

namespace convscope::picture::sum {

// Whether the moment has a sum: not in the views of a whole scene, not among stamps, not while a
// question hides it.
bool has_sum(const Shown& shown);

// The height that a picture of this width has, whatever the step.
float sum_picture_height(const Shown& shown, float scale);

// Fills shown.viewport. A bare background where there is no sum.
Picture compose_sum(const Shown& shown, const lesson::Locale& locale, const TextMetrics& metrics);

}  // namespace convscope::picture::sum
