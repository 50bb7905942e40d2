// Colours as 8-bit sRGB values, and the scales that turn numbers into them. The painter uploads
// these very tables, so no colour is computed twice.
#pragma once

#include <array>
#include <cstdint>

namespace convscope::picture {

struct Rgba {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
  std::uint8_t a = 255;

  bool operator==(const Rgba&) const = default;
};

inline constexpr Rgba kTransparent = {0, 0, 0, 0};

// The same colour, `alpha` in 0..1 times as opaque.
Rgba faded(Rgba color, float alpha);
// a at t = 0, b at t = 1, straight in sRGB.
Rgba mixed(Rgba a, Rgba b, float t);
// WCAG 2 contrast ratio of two opaque colours, 1..21.
double contrast(Rgba a, Rgba b);
// Near-black or white, whichever stands out more on `background`.
Rgba ink_on(Rgba background);

// How numbers become colours. kDiverging is symmetric about zero, its neutral is zero. kSequential
// runs from `low` to `high` between two colours. kRgb reads three planes, 0..255 each.
struct ColorScale {
  enum class Kind { kDiverging, kSequential, kRgb };
  Kind kind = Kind::kDiverging;
  float low = -1;
  float high = 1;
  std::array<Rgba, 3> stops{};  // low, middle, high

  bool operator==(const ColorScale&) const = default;
};

// The colour of a value; NaN is magenta, infinities are the ends.
Rgba color_of(const ColorScale& scale, float value);
// kRgb: the colour of three channel values.
Rgba color_of_rgb(float r, float g, float b);

}  // namespace convscope::picture
