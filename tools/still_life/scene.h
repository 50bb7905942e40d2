// The objects on the table.
#pragma once

#include <vector>

#include "tools/still_life/shapes.h"

namespace still_life {

// The appearance of a surface at a point.
struct Surface {
  Vec colour;
  double gloss = 0;  // strength of the highlight
};

struct Thing {
  Shape shape;
  Surface (*look)(Vec point, Vec normal);
};

struct Scene {
  std::vector<Thing> things;
  std::vector<Thing> twigs;  // many and small: tried only by rays near `twigs_bound`
  Sphere twigs_bound;
};

Scene still_life();

}  // namespace still_life
