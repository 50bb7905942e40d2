// A cat looks at us: a portrait of flat shapes with soft shades, and whiskers.
#include <numbers>

#include "tools/pictures/pictures.h"

namespace pictures {
namespace {

const Color kFur = screen(222, 150, 84);
const Color kDark = screen(150, 82, 40);
const Color kCream = screen(250, 232, 206);
const Color kInk = screen(40, 26, 24);

// How much of a shape covers a place, with a rim this soft.
double cover(double distance, double soft) { return std::clamp(0.5 - distance / soft, 0.0, 1.0); }

Color wall(const Place& at) {
  const double away = std::hypot(at.x - 120, at.y - 90) / 300;
  return mixed(screen(150, 190, 186), screen(40, 74, 92), away);
}

// Left and right alike: x is the distance from the middle.
Place folded(const Place& at) { return {std::abs(at.x - 160), at.y}; }

void ears(const Place& at, Color& color) {
  const Place half = folded(at);
  const double outer = triangle(half, {34, 96}, {92, 34}, {99, 138}) - 6;
  color = mixed(color, mixed(kFur, kDark, (half.x - 60) / 60), cover(outer, 1.5));
  const double inner = triangle(half, {56, 96}, {87, 58}, {91, 124}) - 3;
  color = mixed(color, mixed(screen(236, 162, 150), screen(180, 96, 92), (130 - at.y) / 80),
                cover(inner, 5));
}

void body(const Place& at, Color& color) {
  const double shape = ellipse(at, 160, 356, 118, 92);
  color = mixed(color, mixed(kFur, kDark, 0.25 + (at.y - 280) / 120), cover(shape, 1.5));
  color = mixed(color, kCream, 0.9 * cover(ellipse(at, 160, 330, 48, 66), 14));
}

double stripes(const Place& half, double y) {
  const double forehead = std::min({segment({half.x, y}, {0, 92}, {0, 128}) - 5,
                                    segment({half.x, y}, {20, 94}, {14, 124}) - 4.5,
                                    segment({half.x, y}, {40, 102}, {30, 122}) - 3.5});
  const double cheek = std::min({segment({half.x, y}, {112, 176}, {78, 184}) - 4,
                                 segment({half.x, y}, {112, 198}, {80, 200}) - 4,
                                 segment({half.x, y}, {104, 220}, {78, 216}) - 3.5});
  return std::min(forehead, cheek);
}

void head(const Place& at, Color& color) {
  const Place half = folded(at);
  const double shape = ellipse(at, 160, 178, 112, 98);
  // Light from the upper left.
  const double shade = std::hypot(at.x - 118, at.y - 130) / 190;
  const double grain = cloud(at.x / 3, at.y / 7, 3) * 0.12;
  Color fur = mixed(mixed(kFur, kCream, 0.28), kDark, shade * shade * 0.75 + grain - 0.06);
  fur = mixed(fur, kDark, 0.85 * cover(stripes(half, at.y), 5));
  const double muzzle = std::min(ellipse(half, 25, 222, 36, 27), ellipse(at, 160, 238, 26, 24));
  fur = mixed(fur, mixed(kCream, kFur, shade * 0.3), 0.95 * cover(muzzle, 12));
  color = mixed(color, fur, cover(shape, 1.5));
}

void eyes(const Place& at, Color& color) {
  const Place half = folded(at);
  const double eye = ellipse(half, 46, 166, 27, 23);
  color = mixed(color, kInk, cover(eye - 4, 2));
  const double down = (at.y - 143) / 46;
  const double ring = std::hypot(half.x - 46, at.y - 166) / 26;
  const Color iris = mixed(screen(96, 150, 60), screen(224, 220, 96), down * 0.8 + ring * 0.3);
  color = mixed(color, iris, cover(eye, 1.2));
  color = mixed(color, kInk, cover(ellipse(half, 46, 166, 7.5, 20), 1.2));
  // The light is on the same side of both eyes.
  for (const double x : {114.0, 206.0}) {
    color = mixed(color, screen(255, 255, 255), cover(circle(at, x - 7, 157, 5), 1.2));
    color = mixed(color, screen(230, 240, 255), 0.8 * cover(circle(at, x + 6, 175, 2.4), 1.2));
  }
}

void nose_and_mouth(const Place& at, Color& color) {
  const Place half = folded(at);
  const double nose = triangle(half, {-16, 203}, {13, 203}, {0, 215}) - 3;
  color = mixed(color, mixed(screen(226, 128, 124), screen(150, 66, 72), (at.y - 200) / 22),
                cover(nose, 1.2));
  const double line = segment(half, {0, 215}, {0, 228}) - 1.3;
  const double smile = at.y > 226 ? std::abs(std::hypot(half.x - 15, at.y - 226) - 15) - 1.3 : 1e9;
  color = mixed(color, kInk, cover(std::min(line, half.x < 29 ? smile : 1e9), 1));
  for (int dot = 0; dot < 3; ++dot) {
    color = mixed(color, kDark, cover(circle(half, 24 + 9 * dot, 220 + 5 * (dot % 2), 1.6), 1));
  }
}

void whiskers(const Place& at, Color& color) {
  const Place half = folded(at);
  for (int i = 0; i < 3; ++i) {
    const double along = std::clamp((half.x - 38) / 104, 0.0, 1.0);
    const double y = 216 + 8 * i + (i - 1) * 18 * along - 16 * along * (1 - along);
    if (half.x > 38 && half.x < 142) {
      color = mixed(color, screen(255, 252, 246),
                    0.95 * cover(std::abs(at.y - y) - 1.0 * (1.1 - along), 0.8));
    }
  }
}

}  // namespace

Color cat(const Place& at) {
  Color color = wall(at);
  body(at, color);
  ears(at, color);
  head(at, color);
  eyes(at, color);
  nose_and_mouth(at, color);
  whiskers(at, color);
  return color;
}

}  // namespace pictures
