#include "tools/still_life/shapes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace still_life {
namespace {

constexpr double kHair = 1e-5;  // keeps a shadow ray from hitting its own surface

std::optional<Meeting> meet_shape(const Sphere& sphere, const Ray& ray) {
  const Vec to_centre = sphere.centre - ray.origin;
  const double along = dot(to_centre, ray.direction);
  const double inside = along * along - dot(to_centre, to_centre) + sphere.radius * sphere.radius;
  if (inside < 0) {
    return std::nullopt;
  }
  const double distance = along - std::sqrt(inside);
  if (distance < kHair) {
    return std::nullopt;
  }
  return Meeting{distance, unit(ray.origin + ray.direction * distance - sphere.centre)};
}

// Slabs: the ray is in the box while it is between all three pairs of faces.
std::optional<Meeting> meet_shape(const Box& box, const Ray& ray) {
  const Vec o = turn(ray.origin - box.centre, -box.angle);
  const Vec d = turn(ray.direction, -box.angle);
  const std::array<double, 3> origin{o.x, o.y, o.z};
  const std::array<double, 3> direction{d.x, d.y, d.z};
  const std::array<double, 3> half{box.half.x, box.half.y, box.half.z};
  double enter = -1e30;
  double leave = 1e30;
  std::size_t face = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double near = (-half[axis] - origin[axis]) / direction[axis];
    const double far = (half[axis] - origin[axis]) / direction[axis];
    if (std::min(near, far) > enter) {
      enter = std::min(near, far);
      face = axis;
    }
    leave = std::min(leave, std::max(near, far));
  }
  if (enter > leave || enter < kHair) {
    return std::nullopt;
  }
  std::array<double, 3> normal{};
  normal[face] = direction[face] > 0 ? -1 : 1;
  return Meeting{enter, turn({normal[0], normal[1], normal[2]}, box.angle)};
}

// A cylinder without end caps; the joints of sticks are covered by other objects.
std::optional<Meeting> meet_shape(const Stick& stick, const Ray& ray) {
  const Vec axis = stick.b - stick.a;
  const Vec from_a = ray.origin - stick.a;
  const double axis2 = dot(axis, axis);
  const double axis_direction = dot(axis, ray.direction);
  const double axis_from = dot(axis, from_a);
  const double a = axis2 - axis_direction * axis_direction;
  const double b = axis2 * dot(from_a, ray.direction) - axis_from * axis_direction;
  const double c =
      axis2 * dot(from_a, from_a) - axis_from * axis_from - stick.radius * stick.radius * axis2;
  const double root = b * b - a * c;
  if (root < 0) {
    return std::nullopt;
  }
  const double distance = (-b - std::sqrt(root)) / a;
  const double share = (axis_from + distance * axis_direction) / axis2;
  if (distance < kHair || share < 0 || share > 1) {
    return std::nullopt;
  }
  return Meeting{distance, unit(from_a + ray.direction * distance - axis * share)};
}

// Marches through the upright cylinder around the solid, then halves the last step.
std::optional<Meeting> meet_shape(const Flipped& flipped, const Ray& ray) {
  const Vec o = ray.origin - flipped.foot;
  const Vec d = ray.direction;
  // The curve through the radii may bulge a little beyond the largest of them.
  const double widest = 1.1 * *std::max_element(flipped.radii.begin(), flipped.radii.end());
  const double a = d.x * d.x + d.z * d.z;
  const double b = o.x * d.x + o.z * d.z;
  const double root = b * b - a * (o.x * o.x + o.z * o.z - widest * widest);
  if (root < 0) {
    return std::nullopt;
  }
  const auto outside = [&](double t) {
    const Vec p = o + d * t;
    const double level = std::clamp(p.y, 0.0, flipped.height);
    return std::max(std::hypot(p.x, p.z) - flipped.radius_at(level),
                    std::abs(p.y - flipped.height / 2) - flipped.height / 2);
  };
  const double last = (-b + std::sqrt(root)) / a;
  double t = std::max(kHair, (-b - std::sqrt(root)) / a);
  double before = t;
  while (t < last && outside(t) > 0) {
    before = t;
    t += std::max(0.002, 0.6 * outside(t));
  }
  if (t >= last || before == t) {
    return std::nullopt;
  }
  for (int halving = 0; halving < 24; ++halving) {
    const double middle = (before + t) / 2;
    (outside(middle) > 0 ? before : t) = middle;
  }
  const Vec p = o + d * before;
  if (p.y > flipped.height - 1e-4) {
    return Meeting{before, {0, 1, 0}};
  }
  const double level = std::clamp(p.y, 1e-3, flipped.height - 1e-3);
  const double slope = (flipped.radius_at(level + 1e-3) - flipped.radius_at(level - 1e-3)) / 2e-3;
  const double r = std::hypot(p.x, p.z);
  return Meeting{before, unit({p.x / r, -slope, p.z / r})};
}

std::optional<Meeting> meet_shape(const Plane& plane, const Ray& ray) {
  const double distance =
      dot(plane.point - ray.origin, plane.normal) / dot(ray.direction, plane.normal);
  if (!(distance > kHair)) {
    return std::nullopt;
  }
  return Meeting{distance, plane.normal};
}

}  // namespace

// A smooth curve through the radii (Catmull-Rom).
double Flipped::radius_at(double y) const {
  const double place = y / height * static_cast<double>(radii.size() - 1);
  const auto last = static_cast<std::ptrdiff_t>(radii.size()) - 1;
  const auto i = std::min(static_cast<std::ptrdiff_t>(place), last - 1);
  const double t = place - static_cast<double>(i);
  const auto at = [&](std::ptrdiff_t k) {
    return radii[static_cast<std::size_t>(std::clamp(k, std::ptrdiff_t{0}, last))];
  };
  const double p0 = at(i - 1);
  const double p1 = at(i);
  const double p2 = at(i + 1);
  const double p3 = at(i + 2);
  return p1 +
         0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
}

std::optional<Meeting> meet(const Shape& shape, const Ray& ray) {
  return std::visit([&](const auto& solid) { return meet_shape(solid, ray); }, shape);
}

}  // namespace still_life
