// A number in its cell.
#pragma once

#include <string>

#include "core/picture/kit/cell_plane.h"

namespace convscope::picture::kit {

// Draws `text`, `share` times as large as `numbers` says: smaller still where it is too long for
// the cell. Nothing where there are no numbers.
void draw_cell_number(Canvas& canvas, const Rect& cell, const std::string& text,
                      const NumberFit& numbers, Rgba ink, float share = 1);

}  // namespace convscope::picture::kit
