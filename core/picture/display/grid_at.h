// The tensor whose cells lie under a point, and the place of such a cell.
#pragma once

#include "core/picture/display/picture.h"

namespace convscope::picture {

// The topmost; nullptr where there is none. Valid as long as the picture. What covers a grid (an
// empty cell, a word) does not count.
const TensorGrid* grid_at(const Picture& picture, Point point);

// The place of the cell that hit() finds there, next to which it is defined; nothing in space. Of a
// cell that is shown twice it is the one at hand.
std::optional<Rect> cell_at(const Picture& picture, Point point);

}  // namespace convscope::picture
