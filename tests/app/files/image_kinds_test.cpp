// The kinds of images that people have, opened as they open them: through open_lesson().
#include <gtest/gtest.h>

#include <array>
#include <filesystem>

#include "app/files/image/image_file.h"
#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

class ImageKinds : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("convscope-kinds-" +
               std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  Tensor opened(const std::string& file, const std::string& name) const {
    write_file(folder_ / name, file);
    return open_lesson((folder_ / name).string()).scenes.at(0)->input.base;
  }
  std::string refusal(const std::string& file, const std::string& name) const {
    try {
      opened(file, name);
    } catch (const Failure& failure) {
      return failure.problem().code;
    }
    return "opened";
  }

 private:
  fs::path folder_;
};

std::string picture(const char* name) {
  const fs::path folder = fs::path(CONVSCOPE_SOURCE_DIR) / "tests/golden/images";
  return read_text_file(folder / name, 1 << 20);
}

constexpr std::array<float, 3> kRed = {200, 30, 30};
constexpr std::array<float, 3> kBlue = {30, 30, 200};

void expect_color(const Tensor& image, std::int64_t y, std::int64_t x,
                  const std::array<float, 3>& color) {
  for (std::int64_t c = 0; c < 3; ++c) {
    EXPECT_NEAR(image.at({0, c, y, x}), color[static_cast<std::size_t>(c)], 4)
        << "channel " << c << " at " << y << ", " << x;
  }
}

// The JPEG with an EXIF segment of this orientation after its first marker.
std::string flipped(std::string jpeg, char orientation) {
  std::string exif(
      "\xff\xe1\0\x22"
      "Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
      29);
  exif += orientation;
  exif += std::string(6, '\0');
  return jpeg.insert(2, exif);
}

TEST_F(ImageKinds, JpegIsTurnedAsExifSays) {
  const std::string jpeg = picture("red_blue.jpg");
  const Tensor upright = opened(jpeg, "upright.jpg");
  EXPECT_EQ(upright.shape(), (Shape{1, 3, 8, 16}));
  expect_color(upright, 4, 3, kRed);
  expect_color(upright, 4, 12, kBlue);
  // 3: turned by 180 degrees. 6: the left end of the stored rows is the top. 8: it is the bottom.
  expect_color(opened(flipped(jpeg, 3), "3.jpg"), 4, 3, kBlue);
  const Tensor clockwise = opened(flipped(jpeg, 6), "6.jpg");
  EXPECT_EQ(clockwise.shape(), (Shape{1, 3, 16, 8}));
  expect_color(clockwise, 3, 4, kRed);
  expect_color(clockwise, 12, 4, kBlue);
  expect_color(opened(flipped(jpeg, 8), "8.jpg"), 3, 4, kBlue);
}

TEST_F(ImageKinds, CmykIsConvertedOrRefused) {
  std::string jpeg = picture("red_blue_cmyk.jpg");
  const Tensor image = opened(jpeg, "cmyk.jpg");
  expect_color(image, 4, 3, kRed);
  expect_color(image, 4, 12, kBlue);
  constexpr std::size_t kAdobeSegment = 16;
  jpeg.erase(jpeg.find("\xff\xee"), kAdobeSegment);
  EXPECT_EQ(refusal(jpeg, "unexplained.jpg"), "image_inks");
}

// Only the end marker may be missing, but a decoder can't tell that from missing pixels.
TEST_F(ImageKinds, JpegWithoutItsEndIsRefused) {
  std::string jpeg = picture("red_blue.jpg");
  jpeg.resize(jpeg.size() - 2);
  EXPECT_EQ(refusal(jpeg, "cut.jpg"), "image_cut_short");
}

TEST_F(ImageKinds, SixteenBitsBecomeEight) {
  const Tensor image = opened(picture("deep.png"), "deep.png");
  for (std::int64_t y = 0; y < 4; ++y) {
    EXPECT_EQ(image.at({0, 1, y, 2}), static_cast<float>(85 * y));
  }
}

TEST_F(ImageKinds, AlphaIsBlendedWithWhite) {
  Pixels pixels{3, 3, {}};
  for (int i = 0; i < 9; ++i) {
    pixels.rgba.insert(pixels.rgba.end(), {100, 0, 0, static_cast<std::uint8_t>(i < 3 ? 0 : 51)});
  }
  const Tensor image = opened(png_bytes(pixels), "alpha.png");
  EXPECT_EQ(image.at({0, 0, 0, 0}), 255.0F);
  EXPECT_EQ(image.at({0, 0, 2, 2}), 224.0F);  // 255 - (255 - 100) / 5
  EXPECT_EQ(image.at({0, 1, 2, 2}), 204.0F);  // 255 - 255 / 5
}

TEST_F(ImageKinds, HugeShapesAreRefusedBeforeMemoryIsAllocated) {
  const std::string start = R"({"format": 1, "id": "x", "title": "x", "scenes": [{"input": )";
  const std::string end =
      R"(, "layers": [{"op": "conv2d", "weight": {"seed": 1, "shape": [1, 1, 3, 3]}}]}]})";
  for (const auto& [shape, code] :
       {std::pair("[1, 1, 1000000000, 1000000000]", "json_out_of_range"),
        std::pair("[1, 1, 200000000, 200000000]", "tensor_too_large"),
        // 2^64 values, which is 0 in 64 bits
        std::pair("[65536, 65536, 65536, 65536]", "tensor_too_large")}) {
    EXPECT_EQ(refusal(start + R"({"seed": 1, "shape": )" + shape + "}" + end, "big.json"), code);
  }
}

}  // namespace
}  // namespace convscope::files
