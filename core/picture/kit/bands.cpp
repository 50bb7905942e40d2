#include "core/picture/kit/bands.h"

#include <algorithm>
#include <cmath>

namespace convscope::picture::kit {

namespace {

// Heights at scale 1.
constexpr float kAboveTitle = 14;
constexpr float kTitle = 34;

float margin_of(const Viewport& viewport) { return std::floor(24 * viewport.scale); }

}  // namespace

float band_width(const Viewport& viewport) {
  return std::max(viewport.width - 2 * margin_of(viewport), 1.0F);
}

float tools_height(const Viewport& viewport) {
  return viewport.corner > 0 ? (kAboveTitle + kTitle) * viewport.scale : 0;
}

Bands bands_of(const Viewport& viewport, float header, float foot, float above_foot) {
  const float s = viewport.scale;
  const float left = margin_of(viewport);
  const float width = band_width(viewport);
  Bands bands;
  bands.header = {left, std::floor(kAboveTitle * s), width, std::floor(header)};
  bands.foot = {left, viewport.height - std::floor(12 * s) - foot, width, foot};
  const float top = bands.header.bottom() + 6 * s;
  bands.main = {left, top, width, std::max(bands.foot.y - above_foot * s - top, 1.0F)};
  bands.view = {0, bands.main.y - 4 * s, viewport.width, bands.main.h + 10 * s};
  return bands;
}

float foot_height(const Viewport& viewport, float header, float wanted) {
  constexpr float kLowest = 100;  // of a picture, at scale 1
  const float picture = bands_of(viewport, header, wanted).main.h;
  return picture < kLowest * viewport.scale ? 0 : wanted;
}

float fitting_text_scale(float words, const Viewport& viewport, float wanted) {
  constexpr float kHeader = kTitle + 2 * 23;  // a title and two lines
  constexpr float kShareOfHeight = 0.34F;
  constexpr float kLargeWords = 1.2F;
  // Words of 14.5 pixels keep 14; those of a theme for walls may do with less on a low stage.
  const float smallest = wanted > kLargeWords ? 0.8F : 14 / 14.5F;
  const float height = (kHeader + words) * viewport.scale;
  return std::min(wanted, std::max(kShareOfHeight * viewport.height / height, smallest));
}

void draw_rule(Canvas& canvas, const Rect& foot) {
  if (foot.h <= 0) {
    return;
  }
  const float y = foot.y - 7 * canvas.scale;
  canvas.line({foot.x, y}, {foot.right(), y}, canvas.palette.border, canvas.line_width(1));
}

}  // namespace convscope::picture::kit
