// An answer that is a map, as a small table of its numbers.
#pragma once

#include "app/panels/panels.h"
#include "core/quiz/answer/answer.h"

namespace convscope::panels {

// Its height in units of em(); 0 for other answers.
float map_height(const quiz::Answer& answer);
// Its width in pixels.
float map_width(const PanelContext& context, const quiz::Answer& answer);
// With its left edge at x and its middle at y, in pixels of the screen.
void draw_map(const PanelContext& context, const quiz::Answer& answer, picture::Point left_middle);

}  // namespace convscope::panels
