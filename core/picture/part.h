// What of a scene a picture shows: the whole stage, or a part of it alone, for a slide or a line of
// text.
#pragma once

#include "core/picture/compose.h"
#include "core/session/export_choice.h"

namespace convscope::picture {

// kWindow, which is more than the stage, is none of them.
using Part = session::ExportChoice::What;

// Whether the moment has it by itself: no sum of a training or of stamps, nothing while a question
// hides it. A layer without weights has no filter.
bool has_part(const Shown& shown, Part part);

// The size that it takes within shown.viewport, whatever the step: the sum is as high as its words,
// a tensor as large as whole pixels allow.
Viewport part_viewport(const Shown& shown, Part part);

// Fills shown.viewport, which is a result of part_viewport(). A bare background where there is no
// such part.
Picture compose_part(const Shown& shown, Part part, const lesson::Locale& locale,
                     const TextMetrics& metrics);

}  // namespace convscope::picture
