// The lines of a Hatch, clipped to its rectangle.
#pragma once

#include <vector>

#include "core/picture/display/picture.h"

namespace convscope::picture {

struct Segment {
  Point from;  // the lower left end
  Point to;

  bool operator==(const Segment&) const = default;
};

// Lines on x + y = rect.x + rect.y + i·spacing, i = 1, 2, ..., so that the pattern moves with its
// rectangle. None when the lines would be so many that they merge.
std::vector<Segment> hatch_lines(const Hatch& hatch);

}  // namespace convscope::picture
