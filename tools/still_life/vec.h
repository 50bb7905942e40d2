// Three numbers: a point, a direction or a colour (linear light, 0..1).
#pragma once

#include <cmath>

namespace still_life {

struct Vec {
  double x = 0, y = 0, z = 0;
};

constexpr Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
constexpr Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
constexpr Vec operator*(Vec a, Vec b) { return {a.x * b.x, a.y * b.y, a.z * b.z}; }
constexpr Vec operator*(Vec a, double s) { return {a.x * s, a.y * s, a.z * s}; }
constexpr double dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
constexpr Vec cross(Vec a, Vec b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double length(Vec a) { return std::sqrt(dot(a, a)); }
inline Vec unit(Vec a) { return a * (1 / length(a)); }
constexpr Vec mix(Vec a, Vec b, double t) { return a + (b - a) * t; }

// Rotates about the vertical axis.
inline Vec turn(Vec a, double angle) {
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  return {c * a.x + s * a.z, a.y, c * a.z - s * a.x};
}

}  // namespace still_life
