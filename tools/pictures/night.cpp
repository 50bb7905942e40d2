// A town by night at the water: points of light, and what a blur makes of them.
#include "tools/pictures/pictures.h"

namespace pictures {
namespace {

constexpr double kShore = 222;

Color glow(const Color& light, double distance, double radius) {
  const double near = distance / radius;
  return light * (1 / (1 + near * near * near * near)) + light * (0.05 / (0.6 + near * near));
}

// How high the roofs are over column x.
double roof(double x) {
  const auto block = static_cast<std::int64_t>(std::floor(x / 34));
  const double tower = chance(block, 0, 2) > 0.72 ? 52 : 0;
  return kShore - 22 - 50 * chance(block, 0, 1) - tower;
}

Color stars(const Place& at) {
  const auto x = static_cast<std::int64_t>(at.x);
  const auto y = static_cast<std::int64_t>(at.y);
  const double bright = chance(x, y, 11);
  return bright > 0.9965 ? screen(255, 250, 235) * (0.25 + 0.75 * chance(x, y, 12)) : Color{};
}

Color windows(const Place& at) {
  constexpr double kStep = 7;
  const double x = std::fmod(at.x, kStep);
  const double y = std::fmod(at.y, 9);
  if (x < 2 || x > 5 || y < 3 || y > 7) {
    return screen(10, 12, 22);
  }
  const auto column = static_cast<std::int64_t>(at.x / kStep);
  const auto floor = static_cast<std::int64_t>(at.y / 9);
  const double lit = chance(column, floor, 21);
  if (lit < 0.62) {
    return screen(18, 22, 38);
  }
  return mixed(screen(255, 196, 104), screen(196, 220, 255), chance(column, floor, 22) > 0.8) *
         (0.25 + 0.7 * lit);
}

Color moon(const Place& at) {
  const bool lit = circle(at, 392, 58, 24) < 0 && circle(at, 382, 52, 22) > 0;
  const Color halo = glow(screen(70, 78, 104), std::hypot(at.x - 392, at.y - 58), 34);
  return lit ? screen(250, 244, 220) : halo;
}

// Lamps along the shore, of three colours.
Color lamps(const Place& at, double y) {
  Color sum;
  for (int i = 0; i < 8; ++i) {
    const Color colors[] = {screen(255, 214, 140), screen(255, 214, 140), screen(150, 220, 255),
                            screen(255, 120, 90)};
    const double x = 34 + 59 * i + 9 * (i % 3);
    sum = sum + glow(colors[i % 4], std::hypot(at.x - x, at.y - y), 3.2);
  }
  return sum;
}

Color land(const Place& at) {
  Color color = mixed(screen(6, 8, 22), screen(38, 40, 76), at.y / kShore) + stars(at) + moon(at);
  if (at.y > roof(at.x)) {
    color = windows(at);
  }
  return color + lamps(at, kShore - 8);
}

}  // namespace

Color night(const Place& at) {
  if (at.y < kShore) {
    return land(at);
  }
  // The water is a mirror with waves: the farther from the shore, the longer the streaks.
  const double depth = at.y - kShore;
  const double wave = (cloud(at.x / 22, depth / 2.2, 31) - 0.5) * (2 + depth * 0.14);
  const Place mirrored = {at.x + wave, kShore - depth * 0.9 + wave * 2.5};
  const double ripple = 0.34 + 0.3 * cloud(at.x / 30, depth / 1.6, 33);
  const Color light = mirrored.y < kShore ? land(mirrored) : Color{};
  return light * ripple + screen(8, 12, 26);
}

}  // namespace pictures
