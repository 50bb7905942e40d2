// The solids of the picture, and their intersections with rays.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "tools/still_life/vec.h"

namespace still_life {

struct Ray {
  Vec origin;
  Vec direction;  // of length 1
};

struct Meeting {
  double distance = 0;
  Vec normal;  // outward, of length 1
};

struct Sphere {
  Vec centre;
  double radius = 1;
};

// A box of half sizes `half`, turned about the vertical axis by `angle`.
struct Box {
  Vec centre;
  Vec half;
  double angle = 0;
};

// A round stick from a to b.
struct Stick {
  Vec a, b;
  double radius = 0.1;
};

// A solid turned on a lathe: radii at equal heights, from the foot upward.
struct Flipped {
  Vec foot;
  double height = 1;
  std::vector<double> radii;

  double radius_at(double y) const;  // y above the foot, 0..height
};

// A vertical wall or a level floor: the plane through `point`.
struct Plane {
  Vec point;
  Vec normal;
};

using Shape = std::variant<Sphere, Box, Stick, Flipped, Plane>;

// The nearest intersection further away than kHair.
std::optional<Meeting> meet(const Shape& shape, const Ray& ray);

}  // namespace still_life
