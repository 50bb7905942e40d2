#include "tools/still_life/render.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <thread>

namespace still_life {
namespace {

constexpr int kSubpixels = 8;        // per side of a pixel
constexpr int kRaysPerSubpixel = 4;  // to the light, and as many for ambient light
constexpr int kSamples = kSubpixels * kSubpixels * kRaysPerSubpixel;
constexpr Vec kLightCentre{-4.2, 5.6, 3.6};
constexpr double kLightSize = 1.5;
constexpr Vec kLightColour{1.22, 1.13, 1.00};
constexpr Vec kSkyColour{0.30, 0.32, 0.36};

struct Seen {
  Meeting meeting;
  const Thing* thing = nullptr;
};

bool near_twigs(const Scene& scene, const Ray& ray) {
  const Vec to = scene.twigs_bound.centre - ray.origin;
  const double along = dot(to, ray.direction);
  const double radius2 = scene.twigs_bound.radius * scene.twigs_bound.radius;
  return dot(to, to) < radius2 || (along > 0 && dot(to, to) - along * along < radius2);
}

Seen first_seen(const Scene& scene, const Ray& ray) {
  Seen seen;
  seen.meeting.distance = 1e30;
  const auto look_at = [&](const std::vector<Thing>& things) {
    for (const Thing& thing : things) {
      const auto meeting = meet(thing.shape, ray);
      if (meeting && meeting->distance < seen.meeting.distance) {
        seen = {*meeting, &thing};
      }
    }
  };
  look_at(scene.things);
  if (near_twigs(scene, ray)) {
    look_at(scene.twigs);
  }
  return seen;
}

// Roberts' R2 sequence: points that fill the unit square evenly, whatever their number.
struct Point2 {
  double u, v;
};
Point2 spread(int i) {
  const double g = 1.32471795724474602596;
  return {std::fmod(0.5 + i / g, 1.0), std::fmod(0.5 + i / (g * g), 1.0)};
}

// Directions around the normal, denser close to it (cosine-weighted), as for a matt surface.
Vec around(Vec normal, Point2 p) {
  const Vec side = unit(cross(std::abs(normal.y) < 0.9 ? Vec{0, 1, 0} : Vec{1, 0, 0}, normal));
  const Vec other = cross(normal, side);
  const double r = std::sqrt(p.u);
  const double angle = 2 * std::numbers::pi * p.v;
  return unit(side * (r * std::cos(angle)) + other * (r * std::sin(angle)) +
              normal * std::sqrt(1 - p.u));
}

Vec light_point(Point2 p) {
  const Vec facing = unit(Vec{0, 0.4, 0} - kLightCentre);
  const Vec side = unit(cross({0, 1, 0}, facing));
  const Vec up = cross(facing, side);
  return kLightCentre + side * ((2 * p.u - 1) * kLightSize) + up * ((2 * p.v - 1) * kLightSize);
}

// The light that reaches the eye along this ray; `sample` selects the secondary rays.
Vec shade(const Scene& scene, const Ray& ray, int sample) {
  const Seen seen = first_seen(scene, ray);
  if (seen.thing == nullptr) {
    return kSkyColour;
  }
  const Vec normal = seen.meeting.normal;
  const Vec point = ray.origin + ray.direction * seen.meeting.distance + normal * 1e-4;
  const Surface surface = seen.thing->look(point, normal);
  Vec light{0, 0, 0};
  double highlight = 0;
  for (int i = 0; i < kRaysPerSubpixel; ++i) {
    const Point2 where = spread(sample * kRaysPerSubpixel + i);
    const Vec to_light = light_point(where) - point;
    const Ray shadow{point, unit(to_light)};
    const double facing = dot(normal, shadow.direction);
    if (facing > 0 && first_seen(scene, shadow).meeting.distance > length(to_light)) {
      light = light + kLightColour * facing;
      const Vec half = unit(shadow.direction - ray.direction);
      highlight += std::pow(std::max(0.0, dot(normal, half)), 60);
    }
    const Ray sky{point, around(normal, where)};
    const Seen other = first_seen(scene, sky);
    const bool open = other.meeting.distance > 3.5;
    light = light + (open ? kSkyColour
                          : other.thing
                                    ->look(sky.origin + sky.direction * other.meeting.distance,
                                           other.meeting.normal)
                                    .colour *
                                0.25);
  }
  return surface.colour * (light * (1.0 / kRaysPerSubpixel)) +
         Vec{1, 1, 1} * (surface.gloss * highlight / kRaysPerSubpixel);
}

std::uint8_t to_byte(double linear) {
  const double soft = linear / (1 + 0.18 * linear);  // compresses the highlights
  const double s = soft <= 0.0031308 ? 12.92 * soft : 1.055 * std::pow(soft, 1 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(255 * std::clamp(s, 0.0, 1.0)));
}

Vec pixel(const Scene& scene, int x, int y, int width, int height) {
  const Vec eye{0.1, 2.35, 6.6};
  const Vec forward = unit(Vec{0.1, 1.30, 0} - eye);
  const Vec right = unit(cross(forward, {0, 1, 0}));
  const Vec up = cross(right, forward);
  const double field = 0.325;  // half the picture's height at distance 1
  Vec sum;
  for (int i = 0; i < kSubpixels * kSubpixels; ++i) {
    const double px = x + (i % kSubpixels + 0.5) / kSubpixels;
    const double py = y + (i / kSubpixels + 0.5) / kSubpixels;
    const Vec direction = forward + right * ((2 * px - width) / height * field) +
                          up * ((height - 2 * py) / height * field);
    // 29 is coprime to the modulus, so neighbours use samples that are far apart.
    sum = sum + shade(scene, {eye, unit(direction)}, i * 29 % (kSamples / kRaysPerSubpixel));
  }
  return sum * (1.0 / (kSubpixels * kSubpixels));
}

}  // namespace

std::vector<std::uint8_t> render(const Scene& scene, int width, int height) {
  std::vector<std::uint8_t> rgb(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                                3);
  const int workers = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  std::vector<std::jthread> threads;
  for (int worker = 0; worker < workers; ++worker) {
    threads.emplace_back([&, worker] {
      for (int y = worker; y < height; y += workers) {
        for (int x = 0; x < width; ++x) {
          const Vec colour = pixel(scene, x, y, width, height);
          std::uint8_t* out = &rgb[(static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                                    static_cast<std::size_t>(x)) *
                                   3];
          out[0] = to_byte(colour.x);
          out[1] = to_byte(colour.y);
          out[2] = to_byte(colour.z);
        }
      }
    });
  }
  threads.clear();  // joins the threads
  return rgb;
}

}  // namespace still_life
