// What pictures are made of: colours, places, and shapes as signed distances (negative inside).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace pictures {

struct Color {
  double r = 0;
  double g = 0;
  double b = 0;
};

inline Color operator+(const Color& a, const Color& b) { return {a.r + b.r, a.g + b.g, a.b + b.b}; }
inline Color operator*(const Color& a, double by) { return {a.r * by, a.g * by, a.b * by}; }

// Of 0 .. 255, as a screen shows it, to an amount of light.
inline Color screen(int r, int g, int b) {
  const auto light = [](int value) { return std::pow(value / 255.0, 2.2); };
  return {light(r), light(g), light(b)};
}

inline Color mixed(const Color& a, const Color& b, double share) {
  const double t = std::clamp(share, 0.0, 1.0);
  return a * (1 - t) + b * t;
}

struct Place {
  double x = 0;
  double y = 0;
};

inline double rectangle(const Place& at, double left, double top, double right, double bottom) {
  return std::max({left - at.x, at.x - right, top - at.y, at.y - bottom});
}

inline double circle(const Place& at, double x, double y, double radius) {
  return std::hypot(at.x - x, at.y - y) - radius;
}

// Near enough to a distance at its rim.
inline double ellipse(const Place& at, double x, double y, double rx, double ry) {
  return (std::hypot((at.x - x) / rx, (at.y - y) / ry) - 1) * std::min(rx, ry);
}

// From the segment a b.
inline double segment(const Place& at, const Place& a, const Place& b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double length = dx * dx + dy * dy;
  const double along =
      length > 0 ? std::clamp(((at.x - a.x) * dx + (at.y - a.y) * dy) / length, 0.0, 1.0) : 0;
  return std::hypot(at.x - a.x - along * dx, at.y - a.y - along * dy);
}

// Inside the triangle a b c, whose corners go clockwise on the screen.
inline double triangle(const Place& at, const Place& a, const Place& b, const Place& c) {
  const auto beyond = [&](const Place& p, const Place& q) {
    const double length = std::hypot(q.x - p.x, q.y - p.y);
    return ((at.x - p.x) * (q.y - p.y) - (at.y - p.y) * (q.x - p.x)) / length;
  };
  return std::max({beyond(a, b), beyond(b, c), beyond(c, a)});
}

// 0 .. 1 from whole numbers: the same number for the same place, without a pattern.
inline double chance(std::int64_t x, std::int64_t y, std::uint64_t seed) {
  std::uint64_t bits = seed * 0x9E3779B97F4A7C15U +
                       static_cast<std::uint64_t>(x) * 0xC2B2AE3D27D4EB4FU +
                       static_cast<std::uint64_t>(y) * 0x165667B19E3779F9U;
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9U;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBU;
  return static_cast<double>((bits ^ (bits >> 31U)) >> 11U) / 9007199254740992.0;
}

// Smooth chance: between whole places it goes from one number to the next.
inline double cloud(double x, double y, std::uint64_t seed) {
  const double left = std::floor(x);
  const double top = std::floor(y);
  const auto smooth = [](double t) { return t * t * (3 - 2 * t); };
  const double u = smooth(x - left);
  const double v = smooth(y - top);
  const auto i = static_cast<std::int64_t>(left);
  const auto j = static_cast<std::int64_t>(top);
  const double upper = chance(i, j, seed) * (1 - u) + chance(i + 1, j, seed) * u;
  const double lower = chance(i, j + 1, seed) * (1 - u) + chance(i + 1, j + 1, seed) * u;
  return upper * (1 - v) + lower * v;
}

}  // namespace pictures
