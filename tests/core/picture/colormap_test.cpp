#include "core/picture/display/colormap.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace convscope::picture {
namespace {

constexpr Rgba kBlack = {0, 0, 0};
constexpr Rgba kWhite = {255, 255, 255};
constexpr Rgba kMagenta = {255, 0, 255};
constexpr float kInfinity = std::numeric_limits<float>::infinity();

ColorScale diverging() {
  return {ColorScale::Kind::kDiverging, -2, 4, {{{200, 0, 0}, {100, 100, 100}, {0, 0, 200}}}};
}

ColorScale sequential() {
  return {ColorScale::Kind::kSequential, 10, 20, {{{0, 50, 100}, {9, 9, 9}, {100, 150, 0}}}};
}

// Published ratios: https://www.w3.org/WAI/WCAG21/Understanding/contrast-minimum
TEST(Contrast, PublishedRatios) {
  EXPECT_NEAR(contrast(kBlack, kWhite), 21.0, 1e-9);
  EXPECT_NEAR(contrast(kWhite, kBlack), 21.0, 1e-9);
  EXPECT_NEAR(contrast({0x77, 0x77, 0x77}, kWhite), 4.48, 0.005);
  EXPECT_NEAR(contrast({0x76, 0x76, 0x76}, kWhite), 4.54, 0.005);
  EXPECT_NEAR(contrast({255, 0, 0}, kWhite), 4.00, 0.005);
  EXPECT_NEAR(contrast({0, 0, 255}, kWhite), 8.59, 0.005);
}

TEST(Contrast, InkStandsOut) {
  EXPECT_EQ(ink_on(kWhite), (Rgba{17, 20, 24}));
  EXPECT_EQ(ink_on(kBlack), kWhite);
  EXPECT_EQ(ink_on({255, 220, 0}), (Rgba{17, 20, 24}));
  EXPECT_EQ(ink_on({0, 0, 160}), kWhite);
}

TEST(Contrast, InkIsReadableOnEveryGray) {
  for (int gray = 0; gray < 256; ++gray) {
    const auto g = static_cast<std::uint8_t>(gray);
    EXPECT_GT(contrast(ink_on({g, g, g}), {g, g, g}), 4.2) << gray;
  }
}

TEST(Mixing, IsStraightInSrgb) {
  EXPECT_EQ(mixed({0, 100, 200}, {100, 0, 201}, 0.25F), (Rgba{25, 75, 200}));
  EXPECT_EQ(mixed(kBlack, kWhite, 0), kBlack);
  EXPECT_EQ(mixed(kBlack, kWhite, 1), kWhite);
  EXPECT_EQ(mixed(kBlack, kWhite, 7), kWhite);
  EXPECT_EQ(faded({1, 2, 3, 200}, 0.5F), (Rgba{1, 2, 3, 100}));
}

TEST(DivergingScale, IsSymmetricAboutZero) {
  // Reach 4: the larger of |-2| and |4|.
  EXPECT_EQ(color_of(diverging(), 0), (Rgba{100, 100, 100}));
  EXPECT_EQ(color_of(diverging(), -0.0F), (Rgba{100, 100, 100}));
  EXPECT_EQ(color_of(diverging(), 4), (Rgba{0, 0, 200}));
  EXPECT_EQ(color_of(diverging(), -4), (Rgba{200, 0, 0}));
  EXPECT_EQ(color_of(diverging(), 2), (Rgba{50, 50, 150}));
  EXPECT_EQ(color_of(diverging(), -1), (Rgba{125, 75, 75}));
  EXPECT_EQ(color_of(diverging(), 1e30F), (Rgba{0, 0, 200}));
}

TEST(DivergingScale, OfNothingButZeros) {
  ColorScale scale = diverging();
  scale.low = scale.high = 0;
  EXPECT_EQ(color_of(scale, 0), (Rgba{100, 100, 100}));
  EXPECT_EQ(color_of(scale, -1e-9F), (Rgba{200, 0, 0}));
}

TEST(SequentialScale, RunsFromLowToHigh) {
  EXPECT_EQ(color_of(sequential(), 10), (Rgba{0, 50, 100}));
  EXPECT_EQ(color_of(sequential(), 20), (Rgba{100, 150, 0}));
  EXPECT_EQ(color_of(sequential(), 15), (Rgba{50, 100, 50}));
  EXPECT_EQ(color_of(sequential(), -99), (Rgba{0, 50, 100}));
}

TEST(Scales, ShowNonFiniteValues) {
  EXPECT_EQ(color_of(diverging(), std::nanf("")), kMagenta);
  EXPECT_EQ(color_of(sequential(), std::nanf("")), kMagenta);
  EXPECT_EQ(color_of_rgb(0, std::nanf(""), 0), kMagenta);
  EXPECT_EQ(color_of(diverging(), kInfinity), (Rgba{0, 0, 200}));
  EXPECT_EQ(color_of(diverging(), -kInfinity), (Rgba{200, 0, 0}));
  EXPECT_EQ(color_of(sequential(), kInfinity), (Rgba{100, 150, 0}));
  EXPECT_EQ(color_of(sequential(), -kInfinity), (Rgba{0, 50, 100}));
}

TEST(RgbScale, RoundsAndClamps) { EXPECT_EQ(color_of_rgb(-3, 127.6F, 300), (Rgba{0, 128, 255})); }

}  // namespace
}  // namespace convscope::picture
