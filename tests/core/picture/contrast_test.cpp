// The theme for weak eyes: contrast as WCAG 2 computes it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/picture/display/colormap.h"
#include "core/picture/display/theme.h"
#include "core/session/enum_names.h"

namespace convscope::picture {
namespace {

// Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
double luminance(Rgba color) {
  const auto linear = [](int channel) {
    const double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

double ratio(Rgba a, Rgba b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

TEST(Contrast, TheFormulaIsThatOfTheStandard) {
  EXPECT_NEAR(ratio({0, 0, 0}, {255, 255, 255}), 21, 1e-9);
  EXPECT_NEAR(ratio({119, 119, 119}, {255, 255, 255}), 4.48, 0.005);  // WCAG's well-known grey
}

TEST(Contrast, AllTextOfTheContrastThemeIsSevenToOne) {
  const Palette& p = palette_of(session::Theme::kContrast);
  for (const Rgba ground : {p.background, p.surface, p.raised, p.empty_cell, p.padding_fill}) {
    for (const Rgba text : {p.text, p.text_dim, p.accent, p.warning, p.input.text, p.weight.text,
                            p.output.text, p.bias.text}) {
      EXPECT_GE(ratio(ground, text), 7) << int{text.r} << "," << int{text.g} << "," << int{text.b};
    }
  }
}

// Lines, frames and other parts that carry meaning: 3 : 1.
TEST(Contrast, ItsLinesAreThreeToOne) {
  const Palette& p = palette_of(session::Theme::kContrast);
  for (const Rgba line : {p.border, p.cell_line, p.padding_hatch, p.input.line, p.weight.line,
                          p.output.line, p.bias.line, p.pen}) {
    EXPECT_GE(ratio(p.background, line), 3);
  }
}

// The other themes: 4.5 : 1, level AA.
TEST(Contrast, TheTextOfEveryThemeIsAtLeastAA) {
  for (const auto& [word, theme] : session::kThemes) {
    const Palette& p = palette_of(theme);
    for (const Rgba text :
         {p.text, p.text_dim, p.input.text, p.weight.text, p.output.text, p.bias.text}) {
      EXPECT_GE(ratio(p.background, text), 4.5) << word;
      EXPECT_GE(ratio(p.surface, text), 4.5) << word;
    }
  }
}

// Digits on a cell: the ink is chosen by the cell.
TEST(Contrast, DigitsOnTheDivergingScaleAreSevenToOne) {
  const Palette& p = palette_of(session::Theme::kContrast);
  for (int i = 0; i <= 20; ++i) {
    for (const Rgba end : {p.negative, p.positive}) {
      const Rgba cell = mixed(p.neutral, end, static_cast<float>(i) / 20);
      EXPECT_GE(ratio(cell, ink_on(cell)), 7) << i;
    }
  }
}

}  // namespace
}  // namespace convscope::picture
