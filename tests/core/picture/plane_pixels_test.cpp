#include "core/picture/raster/plane_pixels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "core/tensor/random.h"

namespace convscope::picture {
namespace {

constexpr Rgba kMagenta = {255, 0, 255};

Rgba gray(int level) {
  const auto g = static_cast<std::uint8_t>(level);
  return {g, g, g};
}

// One plane on a grey scale where value v is grey level v.
TensorGrid gray_grid(std::int64_t height, std::int64_t width, std::vector<float> values) {
  TensorGrid grid;
  grid.tensor = Tensor({1, 1, height, width}, std::move(values));
  grid.rect = {0, 0, static_cast<float>(width), static_cast<float>(height)};
  grid.visible = grid.rect;
  grid.scale = {ColorScale::Kind::kSequential, 0, 255, {gray(0), gray(0), gray(255)}};
  return grid;
}

TEST(PlanePixels, LevelZeroIsCellByCell) {
  const TensorGrid grid = gray_grid(2, 3, {0, 10, 20, 30, 40, 255});
  const std::vector<Rgba> all = {gray(0), gray(10), gray(20), gray(30), gray(40), gray(255)};
  EXPECT_EQ(raster::plane_pixels(grid, {0, 0, 2, 3}, 0), all);
  const std::vector<Rgba> part = {gray(20), gray(255)};
  EXPECT_EQ(raster::plane_pixels(grid, {0, 2, 2, 3}, 0), part);
}

TEST(PlanePixels, ATexelIsTheMeanAndEdgesCountTheirCells) {
  // Level 1 of 3 x 5: the last column of texels is one cell wide, the last row one cell high.
  const TensorGrid grid = gray_grid(3, 5,
                                    {0, 10, 20, 30, 100,   //
                                     20, 10, 40, 30, 200,  //
                                     60, 80, 90, 10, 250});
  const std::vector<Rgba> means = {gray(10), gray(30), gray(150),  //
                                   gray(70), gray(50), gray(250)};
  EXPECT_EQ(raster::plane_pixels(grid, {0, 0, 3, 5}, 1), means);
  // One texel for everything: the sum is 950, over 15 cells the mean is 63.3.
  EXPECT_EQ(raster::plane_pixels(grid, {0, 0, 3, 5}, 3), std::vector<Rgba>{gray(63)});
}

// An edge in a signed map is +a next to -a: its mean would be zero.
TEST(PlanePixels, ASignedMapKeepsItsEdgesWhenItShrinks) {
  TensorGrid grid = gray_grid(2, 4,
                              {3, -4, 0, 0,  //
                               3, -4, 0, 2});
  grid.scale = {ColorScale::Kind::kDiverging, -10, 10, {gray(0), gray(100), gray(200)}};
  // sqrt((9 + 16 + 9 + 16) / 4) = 3.54 with the sign of the heavier side; sqrt(4 / 4) = 1.
  const std::vector<Rgba> texels = raster::plane_pixels(grid, {0, 0, 2, 4}, 1);
  ASSERT_EQ(texels.size(), 2U);
  EXPECT_NEAR(texels[0].r, 100 - 35, 1);
  EXPECT_NEAR(texels[1].r, 100 + 10, 1);
}

TEST(PlanePixels, CellsOutsideThePlaneAreCutAway) {
  const TensorGrid grid = gray_grid(1, 2, {7, 9});
  const std::vector<Rgba> both = {gray(7), gray(9)};
  EXPECT_EQ(raster::plane_pixels(grid, {-4, -4, 9, 9}, 0), both);
  EXPECT_TRUE(raster::plane_pixels(grid, {0, 2, 1, 5}, 0).empty());
}

TEST(PlanePixels, NanStaysVisible) {
  std::vector<float> values(16, 50.0F);
  values[5] = std::nanf("");
  const std::vector<Rgba> texels = {kMagenta, gray(50), gray(50), gray(50)};
  EXPECT_EQ(raster::plane_pixels(gray_grid(4, 4, values), {0, 0, 4, 4}, 1), texels);
  EXPECT_EQ(raster::plane_pixels(gray_grid(4, 4, values), {0, 0, 4, 4}, 0)[5], kMagenta);
}

TEST(PlanePixels, InfinityIsTheEndOfTheScale) {
  const float infinity = std::numeric_limits<float>::infinity();
  const TensorGrid grid = gray_grid(1, 2, {infinity, -infinity});
  const std::vector<Rgba> ends = {gray(255), gray(0)};
  EXPECT_EQ(raster::plane_pixels(grid, {0, 0, 1, 2}, 0), ends);
}

TEST(PlanePixels, PicksThePlane) {
  TensorGrid grid = gray_grid(1, 1, {0});
  grid.tensor = Tensor({2, 2, 1, 1}, {1, 2, 3, 4});
  grid.n = 1;
  grid.c = 0;
  EXPECT_EQ(raster::plane_pixels(grid, {0, 0, 1, 1}, 0), std::vector<Rgba>{gray(3)});
  grid.n = 2;
  EXPECT_TRUE(raster::plane_pixels(grid, {0, 0, 1, 1}, 0).empty());
}

TEST(PlanePixels, RgbReadsThreePlanes) {
  TensorGrid grid = gray_grid(1, 2, {0, 0});
  grid.tensor = Tensor({1, 4, 1, 2}, {9, 9, 10, 20, 30, 50, 100, 201});
  grid.c = 1;
  grid.scale.kind = ColorScale::Kind::kRgb;
  const std::vector<Rgba> cells = {{10, 30, 100}, {20, 50, 201}};
  EXPECT_EQ(raster::plane_pixels(grid, {0, 0, 1, 2}, 0), cells);
  const std::vector<Rgba> mean = {{15, 40, 151}};  // 150.5 is rounded up
  EXPECT_EQ(raster::plane_pixels(grid, {0, 0, 1, 2}, 1), mean);
}

TEST(PlanePixels, DivergingEndsAndZeroAreExactTheRestIsWithinOneLevel) {
  std::vector<float> values(2001);
  std::iota(values.begin(), values.end(), -1000.0F);
  TensorGrid grid = gray_grid(1, 2001, values);
  grid.scale = {
      ColorScale::Kind::kDiverging, -300, 1000, {{{210, 80, 60}, {44, 50, 60}, {58, 132, 214}}}};
  const std::vector<Rgba> texels = raster::plane_pixels(grid, {0, 0, 1, 2001}, 0);
  ASSERT_EQ(texels.size(), 2001U);
  EXPECT_EQ(texels[0], (Rgba{210, 80, 60}));
  EXPECT_EQ(texels[1000], (Rgba{44, 50, 60}));
  EXPECT_EQ(texels[2000], (Rgba{58, 132, 214}));
  EXPECT_EQ(texels[1500], (Rgba{51, 91, 137}));
  for (std::size_t i = 0; i < texels.size(); ++i) {
    const Rgba exact = color_of(grid.scale, values[i]);
    EXPECT_NEAR(texels[i].r, exact.r, 1);
    EXPECT_NEAR(texels[i].g, exact.g, 1);
    EXPECT_NEAR(texels[i].b, exact.b, 1);
  }
}

TEST(PlanePixels, AScaleOfOneValue) {
  TensorGrid grid = gray_grid(1, 3, {-1, 0, 1});
  grid.scale = {ColorScale::Kind::kDiverging, 0, 0, {gray(1), gray(2), gray(3)}};
  const std::vector<Rgba> cells = {gray(1), gray(2), gray(3)};
  EXPECT_EQ(raster::plane_pixels(grid, {0, 0, 1, 3}, 0), cells);
}

TEST(VisibleCells, AreThoseTouched) {
  TensorGrid grid = gray_grid(4, 8, std::vector<float>(32));
  grid.rect = {100, 50, 80, 40};  // cells of 10 by 10
  grid.visible = {115, 60, 10, 20};
  EXPECT_EQ(raster::visible_cells(grid), (raster::CellRange{1, 1, 3, 3}));
  grid.visible = {0, 0, 1000, 1000};
  EXPECT_EQ(raster::visible_cells(grid), (raster::CellRange{0, 0, 4, 8}));
  grid.visible = {180, 50, 10, 10};
  EXPECT_EQ(raster::visible_cells(grid), raster::CellRange{});
  grid.visible = {0, 0, std::nanf(""), 10};
  EXPECT_EQ(raster::visible_cells(grid), raster::CellRange{});
  grid.rect.w = 0;
  EXPECT_EQ(raster::visible_cells(grid), raster::CellRange{});
}

TEST(VisibleCells, OfAPlaneThatReachesFarOutside) {
  TensorGrid grid = gray_grid(1, 100'000, std::vector<float>(100'000));
  grid.rect = {-4e6F, 0, 8e6F, 80};  // cells of 80 pixels
  grid.visible = {0, 0, 160, 80};
  EXPECT_EQ(raster::visible_cells(grid), (raster::CellRange{0, 50'000, 1, 50'002}));
}

TEST(LevelOfDetail, MatchesTexelsToPixels) {
  TensorGrid grid = gray_grid(64, 64, std::vector<float>(4096));
  const auto level_at = [&](float size) {
    grid.rect = {0, 0, size, size};
    return raster::level_of_detail(grid);
  };
  EXPECT_EQ(level_at(640), 0);
  EXPECT_EQ(level_at(64), 0);
  EXPECT_EQ(level_at(32), 1);
  EXPECT_EQ(level_at(30), 1);
  EXPECT_EQ(level_at(16), 2);
  EXPECT_EQ(level_at(0), 0);
}

TEST(LevelOfDetail, OfASignalCountsItsLengthOnly) {
  TensorGrid grid = gray_grid(1, 1024, std::vector<float>(1024));
  grid.rect = {0, 0, 128, 40};
  EXPECT_EQ(raster::level_of_detail(grid), 3);
}

// Compared maps: the colours are those of the differences, as if these had been stored.
TEST(PlanePixels, WhatIsSubtractedIsSubtractedBeforeCellsAreMerged) {
  const Shape shape = {1, 2, 13, 21};
  const Tensor a = random_tensor(shape, {.seed = 1});
  const Tensor b = random_tensor(shape, {.seed = 2});
  std::vector<float> values;
  for (std::size_t i = 0; i < a.values().size(); ++i) {
    values.push_back(a.values()[i] - b.values()[i]);
  }
  for (const ColorScale::Kind kind :
       {ColorScale::Kind::kDiverging, ColorScale::Kind::kSequential}) {
    TensorGrid stored;
    stored.tensor = Tensor(shape, values);
    stored.c = 1;
    stored.scale = {kind, -4, 4, {gray(0), gray(100), gray(200)}};
    TensorGrid subtracted = stored;
    subtracted.tensor = a;
    subtracted.minus = b;
    EXPECT_EQ(subtracted.value({0, 1, 12, 20}), stored.value({0, 1, 12, 20}));
    for (int level = 0; level < 4; ++level) {
      EXPECT_EQ(raster::plane_pixels(subtracted, {0, 8, 13, 21}, level),
                raster::plane_pixels(stored, {0, 8, 13, 21}, level))
          << level;
    }
  }
}

}  // namespace
}  // namespace convscope::picture
