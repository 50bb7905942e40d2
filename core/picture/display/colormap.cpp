#include "core/picture/display/colormap.h"

#include <algorithm>
#include <cmath>

namespace convscope::picture {

namespace {

constexpr Rgba kMagenta = {255, 0, 255};
constexpr Rgba kDarkInk = {17, 20, 24};
constexpr Rgba kLightInk = {255, 255, 255};

std::uint8_t byte_of(float value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 255.0F)));
}

std::uint8_t mixed_byte(std::uint8_t a, std::uint8_t b, float t) {
  return byte_of(static_cast<float>(a) + (static_cast<float>(b) - static_cast<float>(a)) * t);
}

// WCAG 2 relative luminance.
double luminance(Rgba color) {
  auto linear = [](std::uint8_t channel) {
    const double s = channel / 255.0;
    return s <= 0.04045 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

Rgba diverging(const ColorScale& scale, float value) {
  const float reach = std::max(std::abs(scale.low), std::abs(scale.high));
  if (value == 0.0F) {
    return scale.stops[1];
  }
  // A reach of zero sends every other value to its end.
  const float t = std::min(std::abs(value) / reach, 1.0F);
  return mixed(scale.stops[1], value < 0 ? scale.stops[0] : scale.stops[2],
               std::isnan(t) ? 1.0F : t);
}

Rgba sequential(const ColorScale& scale, float value) {
  if (value <= scale.low) {
    return scale.stops[0];
  }
  if (value >= scale.high) {
    return scale.stops[2];
  }
  // In double, as high - low may be more than a float holds.
  const double t = (static_cast<double>(value) - static_cast<double>(scale.low)) /
                   (static_cast<double>(scale.high) - static_cast<double>(scale.low));
  return mixed(scale.stops[0], scale.stops[2], static_cast<float>(t));
}

}  // namespace

Rgba faded(Rgba color, float alpha) {
  color.a = byte_of(static_cast<float>(color.a) * alpha);
  return color;
}

Rgba mixed(Rgba a, Rgba b, float t) {
  t = std::clamp(t, 0.0F, 1.0F);
  return {mixed_byte(a.r, b.r, t), mixed_byte(a.g, b.g, t), mixed_byte(a.b, b.b, t),
          mixed_byte(a.a, b.a, t)};
}

double contrast(Rgba a, Rgba b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Rgba ink_on(Rgba background) {
  return contrast(background, kDarkInk) >= contrast(background, kLightInk) ? kDarkInk : kLightInk;
}

Rgba color_of(const ColorScale& scale, float value) {
  if (std::isnan(value)) {
    return kMagenta;
  }
  switch (scale.kind) {
    case ColorScale::Kind::kDiverging:
      return diverging(scale, value);
    case ColorScale::Kind::kSequential:
      return sequential(scale, value);
    case ColorScale::Kind::kRgb:
      break;
  }
  return color_of_rgb(value, value, value);
}

Rgba color_of_rgb(float r, float g, float b) {
  if (std::isnan(r) || std::isnan(g) || std::isnan(b)) {
    return kMagenta;
  }
  return {byte_of(r), byte_of(g), byte_of(b)};
}

}  // namespace convscope::picture
