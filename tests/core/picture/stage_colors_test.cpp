#include "core/picture/kit/tensor_colors.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "core/picture/raster/plane_pixels.h"
#include "core/picture/svg/png_encode.h"
#include "tests/core/picture/scene_fixture.h"

namespace convscope::picture {
namespace {

constexpr int kSide = 200;

// A red disc of radius 60 on white.
std::string disc_file() {
  std::vector<std::byte> pixels;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      const bool inside = (x - 100) * (x - 100) + (y - 100) * (y - 100) < 60 * 60;
      const std::byte other{inside ? std::uint8_t{0} : std::uint8_t{255}};
      pixels.insert(pixels.end(), {std::byte{255}, other, other, std::byte{255}});
    }
  }
  const std::string path = (std::filesystem::path(::testing::TempDir()) / "disc.png").string();
  std::ofstream(path, std::ios::binary) << svg::png_of(kSide, kSide, pixels);
  return path;
}

// The map of `stage` as the stage draws it.
TensorGrid map_of(const Stage& stage) {
  for (const Record& record : compose_stage(stage).records) {
    const auto* grid = std::get_if<TensorGrid>(&record);
    if (grid != nullptr && grid->role == session::TensorRole::kOutput) {
      return *grid;
    }
  }
  ADD_FAILURE() << "no map";
  return {};
}

Rgba pixel(const TensorGrid& map, std::int64_t y, std::int64_t x) {
  return raster::plane_pixels(map, {y, x, y + 1, x + 1}, 0).front();
}

TensorGrid disc_through(const std::vector<float>& filter) {
  Stage stage(disc_file());
  stage.apply(session::action::SetFilter{0, filter});
  return map_of(stage);
}

// Green and blue fall by 4 · 255 each at the disc's left edge.
TEST(StageColors, AThinEdgeKeepsItsNegativeSide) {
  const TensorGrid map = disc_through({-1, 0, 1, -2, 0, 2, -1, 0, 1});
  ASSERT_EQ(map.tensor.at({0, 0, 99, 39}), -2040);
  ASSERT_EQ(map.tensor.at({0, 0, 99, 159}), 2040);
  ASSERT_EQ(map.tensor.at({0, 0, 99, 99}), 0);
  const Palette& palette = palette_of(session::Theme::kDark);
  EXPECT_EQ(pixel(map, 99, 39), palette.negative);
  EXPECT_EQ(pixel(map, 99, 99), palette.neutral);
  EXPECT_EQ(pixel(map, 99, 159), palette.positive);
}

TEST(StageColors, ABlurIsAGreyPicture) {
  const TensorGrid map = disc_through({1, 2, 1, 2, 4, 2, 1, 2, 1});
  const Palette& palette = palette_of(session::Theme::kDark);
  EXPECT_EQ(map.scale.kind, ColorScale::Kind::kSequential);
  EXPECT_EQ(pixel(map, 0, 0), palette.gray_high);
}

// A sharpened image: 5 · 255 inside, less the white next to it.
TEST(StageColors, APicturesFewNegativeValuesDontLookLikeZero) {
  const TensorGrid map = disc_through({0, -1, 0, -1, 5, -1, 0, -1, 0});
  const Palette& palette = palette_of(session::Theme::kDark);
  EXPECT_EQ(pixel(map, 0, 0), palette.gray_high);
  ASSERT_EQ(map.tensor.at({0, 0, 99, 40}), -255);
  EXPECT_EQ(color_of(map.scale, 0), palette.gray_low);
  EXPECT_EQ(pixel(map, 99, 40), mixed(palette.gray_low, palette.negative, 255.0F / 765));
}

// Of the photos that are bundled.
TEST(StageColors, PhotosKeepTheirLooks) {
  Stage stage("photo-edges");
  for (const auto& [scene, picture] :
       {std::pair{1, false}, {2, false}, {3, false}, {4, true}, {5, true}, {6, true}, {7, true}}) {
    stage.apply(session::action::SetScene{scene});
    const Palette& palette = palette_of(session::Theme::kDark);
    EXPECT_EQ(color_of(map_of(stage).scale, 0), picture ? palette.gray_low : palette.neutral)
        << scene;
  }
}

}  // namespace
}  // namespace convscope::picture
