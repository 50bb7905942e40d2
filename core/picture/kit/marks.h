// Marks that every view draws alike: frames around cells, lines between what belongs together, the
// value on its way into its cell.
#pragma once

#include <string>

#include "core/picture/kit/canvas.h"

namespace convscope::picture::kit {

// Thick, but never so thick that it covers the numbers of small cells. `most` at scale 1.
float frame_width(const Canvas& canvas, float cell, float most = 3);

// A double outline, visible on any fill and never smaller than a few pixels.
void draw_frame(Canvas& canvas, Rect rect, Rgba color, float width, float dash = 0);

// An outline inside the cell.
void mark_cell(Canvas& canvas, const Rect& cell, Rgba color, float dash = 0);

void draw_link(Canvas& canvas, Point from, Point to, Rgba color);

// Between facing corners: `to` is right of `from`, or below it.
void link_right(Canvas& canvas, const Rect& from, const Rect& to, Rgba color);
void link_down(Canvas& canvas, const Rect& from, const Rect& to, Rgba color);

// Diagonal lines over what is in sight of `rect`.
void draw_hatch(Canvas& canvas, const Rect& rect, const Rect& view, Rgba color, float spacing = 8,
                float width = 1);

// `t` in 0..1.
void draw_flying_value(Canvas& canvas, const std::string& value, Point from, Point to, float t);

}  // namespace convscope::picture::kit
