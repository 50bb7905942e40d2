#include "core/picture/display/theme.h"

#include <algorithm>

namespace convscope::picture {

namespace {

Palette dark_palette() {
  Palette p;
  p.background = {19, 22, 27};
  p.surface = {26, 30, 37};
  p.raised = {38, 44, 54};
  p.border = {54, 62, 75};
  p.text = {233, 236, 241};
  p.text_dim = {156, 166, 180};
  p.accent = {138, 156, 255};
  p.warning = {255, 122, 102};
  p.cell_line = {19, 22, 27};
  p.empty_cell = {31, 36, 44};
  p.padding_fill = {25, 29, 36};
  p.padding_hatch = {66, 76, 92};
  p.input = {{86, 164, 255}, {134, 190, 255}};
  p.weight = {{245, 176, 65}, {250, 195, 104}};
  p.output = {{70, 196, 138}, {110, 214, 166}};
  p.bias = {{196, 140, 250}, {210, 168, 252}};
  p.pen = {255, 84, 200};
  p.negative = {214, 84, 60};
  p.neutral = {44, 50, 60};
  p.positive = {58, 132, 214};
  p.gray_low = {30, 33, 39};
  p.gray_high = {240, 242, 245};
  return p;
}

Palette light_palette() {
  Palette p;
  p.background = {250, 250, 251};
  p.surface = {241, 243, 246};
  p.raised = {255, 255, 255};
  p.border = {205, 211, 220};
  p.text = {26, 30, 36};
  p.text_dim = {92, 101, 115};
  p.accent = {70, 84, 214};
  p.warning = {196, 44, 28};
  p.cell_line = {206, 211, 219};
  p.empty_cell = {240, 242, 245};
  p.padding_fill = {243, 245, 248};
  p.padding_hatch = {186, 195, 208};
  p.input = {{30, 112, 214}, {22, 92, 182}};
  p.weight = {{204, 128, 8}, {146, 88, 0}};
  p.output = {{20, 146, 92}, {10, 112, 68}};
  p.bias = {{136, 70, 206}, {118, 56, 184}};
  p.pen = {214, 0, 148};
  p.negative = {206, 74, 50};
  p.neutral = {246, 246, 244};
  p.positive = {46, 116, 196};
  p.gray_low = {38, 42, 48};
  p.gray_high = {255, 255, 255};
  return p;
}

// For a projector in a bright room: white, thicker lines, larger text, nothing pale.
Palette projector_palette() {
  Palette p = light_palette();
  p.background = {255, 255, 255};
  p.surface = {255, 255, 255};
  p.border = {150, 158, 170};
  p.text = {0, 0, 0};
  p.text_dim = {64, 70, 80};
  p.cell_line = {176, 183, 194};
  p.empty_cell = {238, 240, 243};
  p.padding_fill = {244, 245, 247};
  p.padding_hatch = {140, 150, 164};
  p.line_scale = 1.6F;
  p.text_scale = 1.6F;
  return p;
}

// For weak eyes: black, full-strength colours, thick lines. All text is at least 7 : 1 against what
// it stands on (WCAG 2, level AAA), also digits on the ends of the diverging scale.
Palette contrast_palette() {
  Palette p;
  p.background = {0, 0, 0};
  p.surface = {0, 0, 0};
  p.raised = {32, 32, 32};
  p.border = {190, 190, 190};
  p.text = {255, 255, 255};
  p.text_dim = {214, 214, 214};
  p.accent = {255, 238, 64};
  p.warning = {255, 150, 130};
  p.cell_line = {128, 128, 128};
  p.empty_cell = {0, 0, 0};
  p.padding_fill = {0, 0, 0};
  p.padding_hatch = {150, 150, 150};
  p.input = {{90, 190, 255}, {130, 205, 255}};
  p.weight = {{255, 190, 0}, {255, 200, 40}};
  p.output = {{0, 235, 140}, {60, 240, 160}};
  p.bias = {{225, 160, 255}, {230, 175, 255}};
  p.pen = {255, 90, 220};
  p.negative = {168, 24, 0};
  p.neutral = {0, 0, 0};
  p.positive = {0, 74, 190};
  p.gray_low = {0, 0, 0};
  p.gray_high = {255, 255, 255};
  p.line_scale = 1.6F;
  p.text_scale = 1.15F;
  return p;
}

}  // namespace

const Palette& palette_of(session::Theme theme) {
  static const Palette kDark = dark_palette();
  static const Palette kLight = light_palette();
  static const Palette kProjector = projector_palette();
  static const Palette kContrast = contrast_palette();
  switch (theme) {
    case session::Theme::kDark:
      return kDark;
    case session::Theme::kLight:
      return kLight;
    case session::Theme::kProjector:
      return kProjector;
    case session::Theme::kContrast:
      return kContrast;
  }
  return kDark;
}

Palette palette_of(session::Theme theme, float lines) {
  Palette palette = palette_of(theme);
  const float share = std::clamp((lines - 720) / 360, 0.15F, 1.0F);
  palette.text_scale = 1 + (palette.text_scale - 1) * share;
  return palette;
}

}  // namespace convscope::picture
