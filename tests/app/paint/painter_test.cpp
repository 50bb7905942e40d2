#include "app/paint/painter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "app/files/embedded.h"
#include "app/paint/headless.h"
#include "core/tensor/problem.h"
#include "tests/support/golden_fonts.h"
#include "tests/support/golden_png.h"
#include "tests/support/painter_fixture.h"

namespace convscope::paint {
namespace {

constexpr picture::Rgba kBlack = {0, 0, 0, 255};
constexpr picture::Rgba kWhite = {255, 255, 255, 255};
constexpr picture::Rgba kRed = {255, 0, 0, 255};
constexpr picture::Rgba kBlue = {0, 0, 255, 255};

class PainterTest : public PainterFixture {
 protected:
  static files::Pixels draw(std::vector<picture::Record> records, float width = 20,
                            float height = 20, picture::Rgba background = kBlack) {
    picture::Picture picture;
    picture.width = width;
    picture.height = height;
    picture.background = background;
    picture.records = std::move(records);
    painter_->draw(picture);
    return painter_->read();
  }
};

picture::Rgba at(const files::Pixels& pixels, int x, int y) {
  const auto part = [&](int c) { return static_cast<std::uint8_t>(channel_at(pixels, x, y, c)); };
  return {part(0), part(1), part(2), part(3)};
}

// How many pixels differ from the background colour.
int touched(const files::Pixels& pixels, picture::Rgba background = kBlack) {
  int count = 0;
  for (int y = 0; y < pixels.height; ++y) {
    for (int x = 0; x < pixels.width; ++x) {
      count += at(pixels, x, y) == background ? 0 : 1;
    }
  }
  return count;
}

bool near(picture::Rgba a, picture::Rgba b, int tolerance) {
  return std::abs(a.r - b.r) <= tolerance && std::abs(a.g - b.g) <= tolerance &&
         std::abs(a.b - b.b) <= tolerance && std::abs(a.a - b.a) <= tolerance;
}

Tensor counting(const Shape& shape) {
  std::vector<float> values(static_cast<std::size_t>(shape.count()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<float>(i);
  }
  return Tensor(shape, std::move(values));
}

picture::ColorScale grays(float high) {
  return {picture::ColorScale::Kind::kSequential, 0, high, {kBlack, {128, 128, 128, 255}, kWhite}};
}

TEST_F(PainterTest, EmptyPictureIsItsBackground) {
  const files::Pixels pixels = draw({}, 3.2F, 2, {10, 20, 30, 255});
  EXPECT_EQ(pixels.width, 4);
  EXPECT_EQ(pixels.height, 2);
  EXPECT_EQ(at(pixels, 3, 1), (picture::Rgba{10, 20, 30, 255}));
  EXPECT_EQ(draw({}, 0, 0).width, 1);
  EXPECT_NE(painter_->texture(), 0u);
}

TEST_F(PainterTest, TransparentBackgroundStaysStraight) {
  const picture::Rgba half_red = {255, 0, 0, 128};
  const files::Pixels pixels =
      draw({picture::Box{.rect = {0, 0, 2, 2}, .fill = half_red}}, 4, 4, picture::kTransparent);
  EXPECT_TRUE(near(at(pixels, 1, 1), half_red, 1));
  EXPECT_EQ(at(pixels, 3, 3), picture::kTransparent);
}

TEST_F(PainterTest, BoxFillsExactlyItsPixels) {
  const files::Pixels pixels = draw({picture::Box{.rect = {3, 4, 5, 6}, .fill = kRed}});
  EXPECT_EQ(touched(pixels), 30);
  EXPECT_EQ(at(pixels, 3, 4), kRed);
  EXPECT_EQ(at(pixels, 7, 9), kRed);
}

TEST_F(PainterTest, FractionOfAPixelIsFractionOfColor) {
  const files::Pixels pixels = draw({picture::Box{.rect = {3.5F, 4, 1, 1}, .fill = kWhite}});
  EXPECT_TRUE(near(at(pixels, 3, 4), {128, 128, 128, 255}, 1));
  EXPECT_TRUE(near(at(pixels, 4, 4), {128, 128, 128, 255}, 1));
  EXPECT_EQ(touched(pixels), 2);
}

TEST_F(PainterTest, OutlineIsOneCrispPixel) {
  const files::Pixels pixels =
      draw({picture::Box{.rect = {2, 2, 10, 8}, .stroke = kRed, .stroke_width = 1}});
  EXPECT_EQ(touched(pixels), 11 * 9 - 9 * 7);
  EXPECT_EQ(at(pixels, 2, 2), kRed);
  EXPECT_EQ(at(pixels, 12, 10), kRed);
  EXPECT_EQ(at(pixels, 5, 5), kBlack);
}

TEST_F(PainterTest, LargeOutlineIsWholeToo) {
  const files::Pixels pixels =
      draw({picture::Box{.rect = {10, 10, 80, 60}, .stroke = kRed, .stroke_width = 2, .radius = 0}},
           100, 80);
  EXPECT_EQ(touched(pixels), 82 * 62 - 78 * 58);
}

TEST_F(PainterTest, RoundCornersAreOpenAndACircleHasItsArea) {
  const files::Pixels pixels =
      draw({picture::Box{.rect = {2, 2, 16, 16}, .fill = kWhite, .radius = 8}});
  EXPECT_EQ(at(pixels, 2, 2), kBlack);
  EXPECT_EQ(at(pixels, 10, 2).r > 200, true);
  double area = 0;
  for (int i = 0; i < 400; ++i) {
    area += channel_at(pixels, i % 20, i / 20, 0) / 255.0;
  }
  EXPECT_NEAR(area, 3.14159 * 64, 2.0);
}

TEST_F(PainterTest, OutlineKeepsItsSizeAtAnyPosition) {
  for (const float size : {8.0F, 8.3F, 8.5F, 8.7F}) {
    const float whole = std::round(size);
    for (int step = 0; step < 10; ++step) {
      const float x = 3 + 0.1F * static_cast<float>(step);
      const files::Pixels pixels =
          draw({picture::Box{.rect = {x, x / 2, size, size}, .stroke = kWhite, .stroke_width = 1}});
      // A ring of one pixel around a square that is one pixel smaller on each side.
      EXPECT_EQ(touched(pixels), 4 * static_cast<int>(whole)) << size << " at " << x;
    }
  }
}

TEST_F(PainterTest, AxisLineIsCrispAtAnyPosition) {
  for (const float y : {5.0F, 5.3F, 5.5F, 5.8F}) {
    const files::Pixels pixels = draw({picture::Line{{2, y}, {12, y}, kRed, 1}});
    EXPECT_EQ(touched(pixels), 10) << y;
    EXPECT_EQ(at(pixels, 2, 5), kRed) << y;
  }
}

TEST_F(PainterTest, DiagonalLineHasTheAreaOfItsLength) {
  const files::Pixels pixels = draw({picture::Line{{3, 3}, {17, 13}, kWhite, 2}});
  double area = 0;
  for (int i = 0; i < 400; ++i) {
    area += channel_at(pixels, i % 20, i / 20, 0) / 255.0;
  }
  EXPECT_NEAR(area, 2 * std::hypot(14, 10), 1.0);
}

TEST_F(PainterTest, DashesAlternate) {
  const files::Pixels pixels = draw({picture::Line{{0, 5.5F}, {20, 5.5F}, kRed, 1, 4}});
  EXPECT_EQ(at(pixels, 3, 5), kRed);
  EXPECT_EQ(at(pixels, 4, 5), kBlack);
  EXPECT_EQ(at(pixels, 7, 5), kBlack);
  EXPECT_EQ(at(pixels, 8, 5), kRed);
  EXPECT_EQ(touched(pixels), 12);
}

TEST_F(PainterTest, DashedBoxHasItsCorners) {
  const files::Pixels pixels = draw(
      {picture::Box{.rect = {2.5F, 2.5F, 12, 12}, .stroke = kRed, .stroke_width = 1, .dash = 3}});
  for (const int x : {2, 14}) {
    for (const int y : {2, 14}) {
      EXPECT_EQ(at(pixels, x, y), kRed) << x << ' ' << y;
    }
  }
  // Twelve pixels hold two periods of six: dash, gap, dash, gap, dash; a gap is centred at 3 and 9.
  EXPECT_EQ(at(pixels, 5, 2), kBlack);
  EXPECT_EQ(at(pixels, 8, 2), kRed);
  EXPECT_EQ(at(pixels, 11, 2), kBlack);
}

TEST_F(PainterTest, HatchRisesToTheRightInsideItsRectangle) {
  const files::Pixels pixels =
      draw({picture::Hatch{.rect = {4, 4, 10, 10}, .color = kWhite, .spacing = 5, .width = 1}});
  EXPECT_GT(at(pixels, 4, 8).r, 200);  // on x + y = 8 + 5, through pixel centres
  EXPECT_GT(at(pixels, 8, 4).r, 200);
  EXPECT_EQ(at(pixels, 4, 6), kBlack);
  EXPECT_EQ(at(pixels, 3, 9), kBlack);
  EXPECT_EQ(at(pixels, 14, 8), kBlack);
}

TEST_F(PainterTest, LaterRecordsCoverEarlierOnesAcrossKinds) {
  const Tensor tensor = counting({1, 1, 1, 1});
  const files::Pixels pixels = draw(
      {picture::Box{.rect = {0, 0, 20, 20}, .fill = kRed},
       picture::TensorGrid{
           .rect = {0, 0, 10, 10}, .visible = {0, 0, 20, 20}, .tensor = tensor, .scale = grays(1)},
       picture::Box{.rect = {5, 5, 10, 10}, .fill = kBlue}});
  EXPECT_EQ(at(pixels, 1, 1), kBlack);
  EXPECT_EQ(at(pixels, 7, 7), kBlue);
  EXPECT_EQ(at(pixels, 17, 17), kRed);
}

TEST_F(PainterTest, ClipsNestAndEnd) {
  const picture::Box all{.rect = {0, 0, 20, 20}, .fill = kRed};
  const files::Pixels pixels =
      draw({picture::ClipBegin{{2, 2, 10, 10}}, picture::ClipBegin{{8, 8, 10, 10}}, all,
            picture::ClipEnd{}, picture::ClipEnd{},
            picture::Box{.rect = {0, 0, 1, 1}, .fill = kBlue}, picture::ClipEnd{}});
  EXPECT_EQ(touched(pixels), 16 + 1);
  EXPECT_EQ(at(pixels, 8, 8), kRed);
  EXPECT_EQ(at(pixels, 0, 0), kBlue);
}

TEST_F(PainterTest, PolygonOfManyPointsHasNoSeams) {
  picture::Polygon polygon{.points = {}, .fill = {255, 255, 255, 128}};
  for (int i = 0; i < 12; ++i) {
    const float angle = static_cast<float>(i) * 0.5235988F;
    polygon.points.push_back({10 + 8 * std::cos(angle), 10 + 8 * std::sin(angle)});
  }
  const files::Pixels pixels = draw({polygon});
  for (int y = 5; y < 15; ++y) {
    for (int x = 5; x < 15; ++x) {
      EXPECT_TRUE(near(at(pixels, x, y), {128, 128, 128, 255}, 1)) << x << ' ' << y;
    }
  }
  EXPECT_EQ(at(pixels, 1, 1), kBlack);
}

TEST_F(PainterTest, PolygonOfEitherTurnIsFilled) {
  for (const bool flipped : {false, true}) {
    picture::Polygon polygon{.points = {{2, 2}, {14, 2}, {2, 14}}, .fill = kRed};
    if (flipped) {
      std::swap(polygon.points[0], polygon.points[1]);
    }
    const files::Pixels pixels = draw({polygon});
    EXPECT_EQ(at(pixels, 4, 4), kRed);
    EXPECT_EQ(at(pixels, 12, 12), kBlack);
  }
}

TEST_F(PainterTest, GridShowsTheColorsOfItsScale) {
  const Tensor tensor = counting({1, 2, 2, 3});
  const picture::ColorScale scale{
      picture::ColorScale::Kind::kDiverging, -11, 11, {kRed, kWhite, kBlue}};
  const files::Pixels pixels = draw({picture::TensorGrid{
      .rect = {1, 2, 12, 8}, .visible = {1, 2, 12, 8}, .tensor = tensor, .c = 1, .scale = scale}});
  EXPECT_EQ(touched(pixels), 96);
  for (int y = 0; y < 2; ++y) {
    for (int x = 0; x < 3; ++x) {
      const picture::Rgba want = picture::color_of(scale, tensor.at({0, 1, y, x}));
      for (const int corner : {0, 3}) {
        EXPECT_TRUE(near(at(pixels, 1 + 4 * x + corner, 2 + 4 * y + corner), want, 1));
      }
    }
  }
}

TEST_F(PainterTest, RgbGridShowsThreePlanes) {
  const Tensor tensor({1, 3, 1, 2}, {10, 20, 30, 40, 50, 60});
  const files::Pixels pixels =
      draw({picture::TensorGrid{.rect = {0, 0, 20, 20},
                                .visible = {0, 0, 20, 20},
                                .tensor = tensor,
                                .scale = {.kind = picture::ColorScale::Kind::kRgb}}});
  EXPECT_EQ(at(pixels, 3, 3), (picture::Rgba{10, 30, 50, 255}));
  EXPECT_EQ(at(pixels, 13, 3), (picture::Rgba{20, 40, 60, 255}));
}

TEST_F(PainterTest, GapShowsWhatIsBelow) {
  const files::Pixels pixels =
      draw({picture::TensorGrid{.rect = {0, 0, 20, 20},
                                .visible = {0, 0, 20, 20},
                                .tensor = Tensor({1, 1, 2, 2}, {1, 1, 1, 1}),
                                .scale = grays(1),
                                .gap = 2}});
  EXPECT_EQ(touched(pixels), 4 * 8 * 8);
  EXPECT_EQ(at(pixels, 9, 5), kBlack);
  EXPECT_EQ(at(pixels, 10, 5), kBlack);
  EXPECT_EQ(at(pixels, 8, 5), kWhite);
  EXPECT_EQ(at(pixels, 11, 5), kWhite);
}

TEST_F(PainterTest, OnlyRevealedCellsShow) {
  picture::TensorGrid grid{.rect = {0, 0, 20, 20},
                           .visible = {0, 0, 20, 20},
                           .tensor = Tensor({1, 1, 2, 2}, {1, 1, 1, 1}),
                           .scale = grays(1)};
  for (const int revealed : {0, 1, 3, 4}) {
    grid.revealed = revealed;
    EXPECT_EQ(touched(draw({grid})), revealed * 100);
  }
}

TEST_F(PainterTest, OpacityBlendsWithWhatIsBelow) {
  const files::Pixels pixels = draw({picture::TensorGrid{.rect = {0, 0, 20, 20},
                                                         .visible = {0, 0, 20, 20},
                                                         .tensor = Tensor({1, 1, 1, 1}, {1}),
                                                         .scale = grays(1),
                                                         .opacity = 0.5F}});
  EXPECT_TRUE(near(at(pixels, 9, 9), {128, 128, 128, 255}, 1));
}

TEST_F(PainterTest, VisiblePartOfAHugePlaneIsInPlace) {
  // 1200 x 1500 cells of 10 pixels span several tiles; the picture shows cells around (600, 1030).
  const Tensor tensor = counting({1, 1, 1200, 1500});
  const picture::ColorScale scale = grays(1800000);
  const files::Pixels pixels = draw({picture::TensorGrid{.rect = {-10300, -6000, 15000, 12000},
                                                         .visible = {0, 0, 20, 20},
                                                         .tensor = tensor,
                                                         .scale = scale}});
  EXPECT_TRUE(near(at(pixels, 5, 5), picture::color_of(scale, tensor.at({0, 0, 600, 1030})), 1));
  EXPECT_TRUE(near(at(pixels, 15, 15), picture::color_of(scale, tensor.at({0, 0, 601, 1031})), 1));
}

TEST_F(PainterTest, ManyCellsPerPixelShowTheirMean) {
  std::vector<float> values(64 * 64);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = (i / 64 + i % 64) % 2 == 0 ? 1.0F : 0.0F;
  }
  const files::Pixels pixels = draw({picture::TensorGrid{.rect = {0, 0, 16, 16},
                                                         .visible = {0, 0, 16, 16},
                                                         .tensor = Tensor({1, 1, 64, 64}, values),
                                                         .scale = grays(1)}});
  EXPECT_EQ(touched(pixels), 256);
  EXPECT_TRUE(near(at(pixels, 7, 7), {128, 128, 128, 255}, 2));
}

TEST_F(PainterTest, ChangedTensorIsRedrawn) {
  picture::TensorGrid grid{.rect = {0, 0, 20, 20},
                           .visible = {0, 0, 20, 20},
                           .tensor = counting({1, 1, 1, 1}),
                           .scale = grays(1)};
  EXPECT_EQ(at(draw({grid}), 5, 5), kBlack);
  for (const float value : {1.0F, 0.0F, 1.0F}) {
    grid.tensor = Tensor({1, 1, 1, 1}, {value});
    EXPECT_EQ(at(draw({grid}), 5, 5), value > 0 ? kWhite : kBlack);
  }
}

// The bounds of everything that is not background.
struct Bounds {
  int left = 1 << 20;
  int top = 1 << 20;
  int right = -1;
  int bottom = -1;
};

Bounds bounds_of(const files::Pixels& pixels) {
  Bounds bounds;
  for (int y = 0; y < pixels.height; ++y) {
    for (int x = 0; x < pixels.width; ++x) {
      if (channel_at(pixels, x, y, 0) > 60) {
        bounds = {std::min(bounds.left, x), std::min(bounds.top, y), std::max(bounds.right, x),
                  std::max(bounds.bottom, y)};
      }
    }
  }
  return bounds;
}

TEST_F(PainterTest, CapitalStandsOnItsBaselineAsHighAsMetricsSay) {
  for (const picture::Font font :
       {picture::Font::kSans, picture::Font::kSansBold, picture::Font::kMono}) {
    const Bounds bounds = bounds_of(draw({picture::Text{.at = {50, 70},
                                                        .text = "H",
                                                        .font = font,
                                                        .size = 60,
                                                        .color = kWhite,
                                                        .align = picture::Align::kCenter}},
                                         100, 100));
    EXPECT_EQ(bounds.bottom, 69);
    EXPECT_NEAR(70 - bounds.top, metrics_.of(font).cap_height * 60, 1.0);
    EXPECT_NEAR((bounds.left + bounds.right + 1) / 2.0, 50, 1.0);
  }
}

TEST_F(PainterTest, TextIsAsWideAsMetricsSay) {
  const std::string text = "HHHHHHHH";
  const float width = metrics_.width(text, picture::Font::kSans, 20);
  for (const picture::Align align : {picture::Align::kLeft, picture::Align::kRight}) {
    const Bounds bounds = bounds_of(draw(
        {picture::Text{.at = {150, 30}, .text = text, .size = 20, .color = kWhite, .align = align}},
        300, 40));
    const float left = align == picture::Align::kLeft ? 150 : 150 - width;
    EXPECT_NEAR(bounds.left, left, 3);
    EXPECT_NEAR(bounds.right, left + width, 3);
  }
}

TEST_F(PainterTest, FallbackFontHasWhatTheOthersLack) {
  for (const char* text : {"⌊", "→", "свёртка", "−∞", "�"}) {
    const files::Pixels pixels = draw({picture::Text{.at = {5, 30},
                                                     .text = text,
                                                     .font = picture::Font::kMono,
                                                     .size = 20,
                                                     .color = kWhite}},
                                      150, 40);
    EXPECT_GT(touched(pixels), 10) << text;
  }
}

TEST_F(PainterTest, FullAtlasIsCleared) {
  // Letters of 300 pixels in more sizes than the largest atlas can hold, in one picture.
  std::vector<picture::Record> records;
  for (int i = 0; i < 400; ++i) {
    const float size = 300 + static_cast<float>(i) / 4;
    records.push_back(picture::Text{.at = {-500, -500},
                                    .text = "W",
                                    .font = picture::Font::kSans,
                                    .size = size,
                                    .color = kWhite});
  }
  records.push_back(picture::Text{
      .at = {50, 70}, .text = "H", .size = 60, .color = kWhite, .align = picture::Align::kCenter});
  const Bounds bounds = bounds_of(draw(std::move(records), 100, 100));
  EXPECT_EQ(bounds.bottom, 69);
}

TEST_F(PainterTest, InvalidNumbersDrawNothing) {
  const float nan = std::nanf("");
  const files::Pixels pixels =
      draw({picture::Box{.rect = {nan, 0, 5, 5}, .fill = kRed},
            picture::Box{.rect = {0, 0, -5, 5}, .fill = kRed},
            picture::Line{{0, 0}, {nan, 5}, kRed, 1}, picture::Line{{3, 3}, {3, 3}, kRed, 1},
            picture::Polygon{.points = {{1, 1}, {2, 2}}, .fill = kRed},
            picture::Text{.at = {nan, nan}, .text = "x", .color = kRed},
            picture::Text{.at = {5, 5}, .text = "", .color = kRed}, picture::TensorGrid{}});
  EXPECT_EQ(touched(pixels), 0);
}

// Every kind of record in one picture, reviewed by eye.
picture::Picture sampler() {
  const picture::Rgba blue = {86, 164, 255, 255};
  const picture::Rgba amber = {245, 176, 65, 255};
  const picture::Rgba green = {70, 196, 138, 255};
  const picture::Rgba text = {233, 236, 241, 255};
  const picture::ColorScale scale{picture::ColorScale::Kind::kDiverging,
                                  -12,
                                  12,
                                  {{{214, 84, 60}, {44, 50, 60}, {58, 132, 214}}}};
  std::vector<float> values;
  for (int i = 0; i < 25; ++i) {
    values.push_back(static_cast<float>(i - 12));
  }
  const Tensor tensor({1, 1, 5, 5}, values);
  picture::Picture picture;
  picture.width = 420;
  picture.height = 260;
  picture.background = {19, 22, 27, 255};
  auto& records = picture.records;
  records.push_back(
      picture::Text{.at = {16, 28}, .text = "img (1, 3, 5, 5) → out", .size = 15, .color = text});
  records.push_back(picture::Text{
      .at = {16, 46}, .text = "Свёртка: ⌊(5 + 2·1 − 3)/2⌋ + 1 = 3", .size = 12, .color = text});
  records.push_back(picture::TensorGrid{.rect = {16, 60, 150, 150},
                                        .visible = {16, 60, 150, 150},
                                        .tensor = tensor,
                                        .scale = scale,
                                        .gap = 1,
                                        .revealed = 18});
  for (int i = 0; i < 18; ++i) {
    const float x = 16 + 30 * static_cast<float>(i % 5);
    const float y = 60 + 30 * static_cast<float>(i / 5);
    records.push_back(picture::Text{.at = {x + 15, y + 20},
                                    .text = (i < 12 ? "−" : "") + std::to_string(std::abs(i - 12)),
                                    .size = 13,
                                    .color = text,
                                    .align = picture::Align::kCenter});
  }
  records.push_back(
      picture::Box{.rect = {46, 90, 90, 90}, .stroke = amber, .stroke_width = 3, .radius = 4});
  for (int i = 0; i < 4; ++i) {
    const picture::Rect cell{190 + 34 * static_cast<float>(i), 60, 30, 30};
    records.push_back(picture::Box{.rect = cell,
                                   .fill = {25, 29, 36, 255},
                                   .stroke = {66, 76, 92, 255},
                                   .stroke_width = 1,
                                   .radius = 2 * static_cast<float>(i),
                                   .dash = 4});
    records.push_back(picture::Hatch{.rect = cell, .color = {66, 76, 92, 255}});
  }
  records.push_back(picture::Line{{136, 90}, {190, 110}, amber, 1});
  records.push_back(picture::Line{{136, 180}, {190, 200}, amber, 1, 4});
  records.push_back(picture::Line{{190, 104.3F}, {330, 104.3F}, blue, 1});
  records.push_back(picture::Line{{190, 112}, {330, 112}, blue, 2, 6});
  records.push_back(picture::Box{.rect = {190, 124, 60, 40},
                                 .fill = picture::faded(blue, 0.2F),
                                 .stroke = blue,
                                 .stroke_width = 2,
                                 .radius = 8});
  records.push_back(picture::Box{.rect = {264, 124, 40, 40},
                                 .fill = picture::faded(green, 0.3F),
                                 .stroke = green,
                                 .stroke_width = 2,
                                 .radius = 20,
                                 .dash = 5});
  records.push_back(picture::Polygon{.points = {{320, 124}, {400, 134}, {396, 160}, {330, 164}},
                                     .fill = picture::faded(amber, 0.25F),
                                     .stroke = amber,
                                     .stroke_width = 1});
  records.push_back(picture::Polygon{.points = {{340, 70}, {352, 76}, {340, 82}}, .fill = amber});
  records.push_back(picture::ClipBegin{{190, 180, 100, 30}});
  records.push_back(picture::Box{.rect = {180, 170, 200, 60}, .fill = picture::faded(green, 0.4F)});
  records.push_back(picture::Text{.at = {194, 202},
                                  .text = "clipped text here",
                                  .font = picture::Font::kSansBold,
                                  .size = 18,
                                  .color = text});
  records.push_back(picture::ClipEnd{});
  records.push_back(picture::Text{.at = {16, 240},
                                  .text = "for i in range(3):  # code",
                                  .font = picture::Font::kMono,
                                  .size = 13,
                                  .color = green});
  records.push_back(
      picture::Box{.rect = {300, 180, 104, 64}, .fill = {250, 250, 251, 255}, .radius = 6});
  records.push_back(picture::Text{
      .at = {310, 202}, .text = "Dark on light 14", .size = 12, .color = {26, 30, 36, 255}});
  records.push_back(picture::Text{.at = {310, 224},
                                  .text = "1·1 + 1/16",
                                  .font = picture::Font::kSansBold,
                                  .size = 14,
                                  .color = {146, 88, 0, 255}});
  return picture;
}

TEST_F(PainterTest, EveryKindOfRecordLooksAsReviewed) {
  if (!golden_renderer()) {
    GTEST_SKIP() << "goldens were drawn by llvmpipe, this is " << gl_renderer();
  }
  if (!golden_fonts()) {
    GTEST_SKIP() << "goldens are for other fonts than those built in here";
  }
  painter_->draw(sampler());
  EXPECT_TRUE(matches_golden(painter_->read(), "records"));
}

}  // namespace
}  // namespace convscope::paint
