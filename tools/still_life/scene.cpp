#include "tools/still_life/scene.h"

#include <cmath>
#include <numbers>

namespace still_life {
namespace {

constexpr Vec kVaseFoot{-1.32, 0, -0.55};
constexpr double kVaseHeight = 2.15;
constexpr double kBookAngle = 0.42;
constexpr Vec kBookCentre{1.38, 0.23, -0.62};
constexpr double kCubeAngle = -0.5;

// A smooth step between two stripes, so that even the hard edges of the pattern are anti-aliased.
double stripe(double x, double share) {
  return std::fmod(std::fmod(x, 1.0) + 1.0, 1.0) < share ? 1.0 : 0.0;
}

// Smooth noise without a table: a few waves in unrelated directions.
double waves(Vec p) {
  return (std::sin(3.1 * p.x + 1.7 * p.z + 0.3) + std::sin(-2.3 * p.x + 4.1 * p.y + 1.1) +
          std::sin(5.3 * p.y - 2.9 * p.z + 2.0) + std::sin(4.7 * p.z + 3.7 * p.x - 0.7)) /
         4;
}

// A checked cloth with a fine weave that fades into the white checks.
Surface cloth(Vec p, Vec) {
  const Vec q = turn(p, 0.22);
  const double across = stripe(q.x / 0.8, 0.5);
  const double along = stripe(q.z / 0.8, 0.5);
  const Vec white{0.78, 0.76, 0.71};
  const Vec blue{0.20, 0.29, 0.38};
  const double weave = std::sin(q.x * 70) * std::sin(q.z * 70);
  const Vec colour = mix(white, blue, (across + along) / 2);
  return {colour * (1 + 0.07 * weave), 0};
}

Surface wall(Vec p, Vec) {
  const double up = p.y / 6;
  return {mix({0.50, 0.53, 0.53}, {0.40, 0.44, 0.46}, up), 0};
}

Surface vase(Vec p, Vec normal) {
  const Vec q = p - kVaseFoot;
  if (q.y > kVaseHeight - 2e-4) {
    const bool rim = std::hypot(q.x, q.z) > 0.27;
    return {rim ? Vec{0.70, 0.62, 0.47} : Vec{0.02, 0.018, 0.015}, 0};
  }
  const Vec cream{0.74, 0.66, 0.50};
  const Vec teal{0.10, 0.27, 0.28};
  const Vec ochre{0.62, 0.38, 0.12};
  Vec colour = cream;
  const double turn_share = std::atan2(q.z, q.x) / (2 * std::numbers::pi);
  if (q.y > 0.42 && q.y < 0.98) {
    // A zigzag band around the belly.
    const double zigzag = std::abs(2 * std::fmod(turn_share * 14 + 14, 1.0) - 1);
    const double level = (q.y - 0.42) / 0.56;
    colour = std::abs(level - 0.25 - 0.5 * zigzag) < 0.16 ? teal : cream;
  } else if (q.y >= 1.05) {
    colour = mix(cream, teal, stripe((q.y - 1.05) / 0.16, 0.42));
  } else if (q.y > 0.08 && q.y < 0.34) {
    colour = mix(cream, ochre, stripe((q.y - 0.08) / 0.13, 0.5));
  }
  (void)normal;
  return {colour, 0.35};
}

Surface orange(Vec p, Vec) {
  const double pores = std::sin(p.x * 61) * std::sin(p.y * 57 + 2 * p.x) * std::sin(p.z * 59);
  return {Vec{0.72, 0.31, 0.07} * (1 + 0.13 * pores + 0.06 * waves(p)), 0.25};
}

Surface apple(Vec p, Vec normal) {
  const double streaks = 0.5 + 0.5 * std::sin(34 * std::atan2(normal.z, normal.x) + 3 * waves(p));
  const double blush = std::fmin(1, std::fmax(0, 0.5 + 0.6 * normal.x + 0.25 * waves(p * 1.5)));
  return {mix({0.42, 0.46, 0.12}, {0.52, 0.12, 0.09}, blush * (0.6 + 0.4 * streaks)), 0.5};
}

Surface pearl(Vec, Vec) { return {{0.74, 0.72, 0.70}, 0.6}; }

Surface book(Vec p, Vec normal) {
  const Vec q = turn(p - kBookCentre, -kBookAngle);
  const Vec n = turn(normal, -kBookAngle);
  const Vec cover{0.34, 0.10, 0.10};
  const Vec gold{0.66, 0.50, 0.22};
  const bool board = std::abs(q.y) > 0.185;
  if (n.y > 0.5) {
    const double frame = std::fmax(std::abs(q.x) / 0.95, std::abs(q.z) / 0.66);
    const double oval = std::hypot(q.x / 0.42, q.z / 0.28);
    const bool gilded = (frame > 0.80 && frame < 0.84) || (oval > 0.92 && oval < 1.04);
    return {gilded ? gold : cover * (1 + 0.12 * waves(q * 9)), 0.15};
  }
  if (board || n.x < -0.5) {
    return {cover, 0.15};
  }
  const double pages = std::sin(q.y * 190);
  return {Vec{0.70, 0.64, 0.52} * (1 + 0.16 * pages), 0};
}

Surface wood(Vec p, Vec) {
  const Vec q = turn(p - Vec{1.62, 0.0, -0.6}, -kCubeAngle);
  const double ring = std::hypot(q.y + 0.6 + 0.05 * waves(q * 2), q.z + 0.9) * 17;
  const double grain = 0.5 + 0.5 * std::sin(ring + 0.8 * waves(q * 3));
  return {mix({0.50, 0.33, 0.17}, {0.34, 0.20, 0.10}, grain * grain), 0.1};
}

Surface bark(Vec, Vec) { return {{0.16, 0.11, 0.08}, 0}; }
Surface berry(Vec, Vec) { return {{0.50, 0.07, 0.06}, 0.5}; }

// Three branches, each bending as it grows, with berries at its joints.
void add_twigs(Scene& scene) {
  const Vec root = kVaseFoot + Vec{0, kVaseHeight - 0.1, 0};
  const Vec leans[] = {{-0.30, 0.55, 0.05}, {0.10, 0.62, -0.12}, {0.46, 0.46, 0.10}};
  for (int branch = 0; branch < 3; ++branch) {
    Vec from = root;
    Vec lean = leans[branch];
    for (int joint = 0; joint < 5; ++joint) {
      const Vec to = from + lean * (0.50 - 0.04 * joint);
      scene.twigs.push_back({Stick{from, to, 0.026 - 0.003 * joint}, bark});
      if (joint > 0) {
        const double side = (joint + branch) % 2 == 0 ? 1 : -1;
        const Vec tip = to + Vec{0.15 * side, 0.10 + 0.02 * joint, 0.07 * side};
        scene.twigs.push_back({Stick{to, tip, 0.010}, bark});
        scene.twigs.push_back({Sphere{tip, 0.062}, berry});
        scene.twigs.push_back({Sphere{to, 0.030 - 0.002 * joint}, bark});
      }
      from = to;
      lean = lean + Vec{0.07 - 0.06 * branch, -0.03, 0.03 * (joint % 2 == 0 ? 1 : -1)};
    }
    scene.twigs.push_back({Sphere{from, 0.066}, berry});
  }
  scene.twigs_bound = {root + Vec{0.15, 0.75, 0}, 1.35};
}

}  // namespace

Scene still_life() {
  Scene scene;
  const std::vector<double> profile{0.36, 0.54, 0.66, 0.66, 0.54, 0.38, 0.28, 0.26, 0.34};
  scene.things = {
      {Box{{0, -0.5, 0.4}, {4.6, 0.5, 2.6}, 0}, cloth},
      {Plane{{0, 0, -4.2}, {0, 0, 1}}, wall},
      {Flipped{kVaseFoot, kVaseHeight, profile}, vase},
      {Box{kBookCentre, {0.95, 0.23, 0.66}, kBookAngle}, book},
      {Box{{1.62, 0.81, -0.6}, {0.35, 0.35, 0.35}, kCubeAngle}, wood},
      {Sphere{{-0.22, 0.44, 0.28}, 0.44}, orange},
      {Sphere{{0.52, 0.36, 0.86}, 0.36}, apple},
      {Sphere{{-0.62, 0.24, 1.14}, 0.24}, pearl},
  };
  add_twigs(scene);
  return scene;
}

}  // namespace still_life
