#include "app/files/image/image_file.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/files/image/exif.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

std::string code_of(const std::string& file, const std::string& name = "x") {
  try {
    decode_image(bytes_of(file), name);
  } catch (const Failure& failure) {
    return failure.problem().code;
  }
  return "";
}

std::vector<float> values_of(const Tensor& tensor) {
  return {tensor.values().begin(), tensor.values().end()};
}

// An uncompressed Targa: 2 x 2, blue-green-red, top row first.
std::string targa() {
  const char header[] = {0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 0, 24, 0x20};
  const char pixels[] = {3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10};
  return std::string(header, sizeof(header)) + std::string(pixels, sizeof(pixels));
}

// The start of a JPEG with an EXIF segment of this orientation.
std::string exif_jpeg(int orientation, bool big_endian) {
  const auto number = [&](unsigned value, int size) {
    std::string text;
    for (int i = 0; i < size; ++i) {
      const int shift = 8 * (big_endian ? size - 1 - i : i);
      text += static_cast<char>(value >> shift & 255);
    }
    return text;
  };
  std::string tiff = big_endian ? "MM" : "II";
  tiff += number(42, 2) + number(8, 4) + number(2, 2);
  tiff += number(0x010f, 2) + number(2, 2) + number(4, 4) + "abc" + std::string(1, '\0');
  tiff += number(0x0112, 2) + number(3, 2) + number(1, 4) +
          number(static_cast<unsigned>(orientation), 2) + number(0, 2) + number(0, 4);
  const std::string segment = std::string("Exif\0\0", 6) + tiff;
  std::string jpeg = "\xff\xd8";
  jpeg += std::string("\xff\xe0\x00\x04JF", 6);
  jpeg += "\xff\xe1";
  jpeg += static_cast<char>(0);
  jpeg += static_cast<char>(segment.size() + 2);
  return jpeg + segment;
}

TEST(ImageFile, PngComesBackAsPlanes) {
  const Pixels pixels{2, 1, {1, 2, 3, 255, 4, 5, 6, 255}};
  const std::string file = png_bytes(pixels);
  EXPECT_TRUE(is_image(bytes_of(file)));
  const Tensor image = decode_image(bytes_of(file), "x.png");
  EXPECT_EQ(image.shape(), (Shape{1, 3, 1, 2}));
  EXPECT_EQ(values_of(image), (std::vector<float>{1, 4, 2, 5, 3, 6}));
}

TEST(ImageFile, AlphaIsBlendedWithWhite) {
  const Pixels pixels{3, 1, {10, 0, 0, 0, 0, 0, 0, 128, 50, 60, 70, 255}};
  const Tensor image = decode_image(bytes_of(png_bytes(pixels)), "x.png");
  EXPECT_EQ(values_of(image), (std::vector<float>{255, 127, 50, 255, 127, 60, 255, 127, 70}));
}

TEST(ImageFile, GrayIsOnePlane) {
  // A bitmap has no grey kind; a grey Targa (type 3) does.
  std::string file = targa().substr(0, 18) + std::string("\x01\x02\x03\x04", 4);
  file[2] = 3;
  file[16] = 8;
  const Tensor image = decode_image(bytes_of(file), "gray.tga");
  EXPECT_EQ(image.shape(), (Shape{1, 1, 2, 2}));
  EXPECT_EQ(values_of(image), (std::vector<float>{1, 2, 3, 4}));
}

TEST(ImageFile, TargaOnlyUnderItsName) {
  EXPECT_FALSE(is_image(bytes_of(targa())));
  EXPECT_FALSE(is_image(bytes_of(targa()), "x.png"));
  EXPECT_TRUE(is_image(bytes_of(targa()), "x.TGA"));
  EXPECT_EQ(values_of(decode_image(bytes_of(targa()), "x.tga")),
            (std::vector<float>{1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12}));
}

TEST(ImageFile, OtherFilesAreNotImages) {
  for (const std::string text : {"", "B", "BM", "BMW is a maker of cars and motorcycles", "{}",
                                 "GIF", "\x89PNG", "\xff\xd8"}) {
    EXPECT_FALSE(is_image(bytes_of(text))) << text;
    EXPECT_EQ(code_of(text), "image_unknown") << text;
  }
}

TEST(ImageFile, SizeIsCheckedBeforeDecoding) {
  // A PNG header of 10000 x 5001 pixels, and nothing after it.
  std::string file = png_bytes({1, 1, {0, 0, 0, 255}});
  file.replace(16, 8, std::string("\x00\x00\x27\x10\x00\x00\x13\x89", 8));
  try {
    decode_image(bytes_of(file), "big.png");
    FAIL() << "expected a Failure";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.problem().code, "image_too_large");
    const auto& values = failure.problem().values;
    ASSERT_EQ(values.size(), 5u);
    EXPECT_EQ(values[1].second, ProblemValue(std::int64_t{10000}));
    EXPECT_EQ(values[2].second, ProblemValue(std::int64_t{5001}));
    EXPECT_EQ(values[3].second, ProblemValue(std::int64_t{51}));
  }
}

TEST(ImageFile, HugeSizesAreReportedThoughTheDecoderRefusesThem) {
  std::string file = png_bytes({1, 1, {0, 0, 0, 255}});
  for (const auto& [size, width] :
       {std::pair(std::string("\x00\x01\x86\xa0\x00\x01\x86\xa0", 8), std::int64_t{100'000}),
        std::pair(std::string(8, '\xff'), std::int64_t{0xffffffff})}) {
    file.replace(16, 8, size);
    try {
      decode_image(bytes_of(file), "huge.png");
      FAIL() << "expected a Failure";
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.problem().code, "image_too_large");
      EXPECT_EQ(failure.problem().values[1].second, ProblemValue(width));
    }
  }
}

TEST(ImageFile, DamageIsReported) {
  std::string file = png_bytes({2, 2, std::vector<std::uint8_t>(16, 77)});
  EXPECT_EQ(code_of(file.substr(0, 45)), "image_cut_short");
  EXPECT_EQ(code_of(file.substr(0, 12)), "image_broken");
  file[60] = static_cast<char>(file[60] ^ 0x55);
  file.replace(37, 4, "JUNK");  // instead of the pixels
  EXPECT_EQ(code_of(file), "image_broken");
}

// 2 x 2, from the bottom row or, with a negative height, from the top row.
std::string bitmap(bool top_first, bool gray) {
  std::string file("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\2\0\0\0\2\0\0\0\1\0\x18\0", 30);
  file += std::string(24, '\0');
  if (top_first) {
    file.replace(22, 4, "\xfe\xff\xff\xff");
  }
  const std::string first = gray ? "\1\1\1\2\2\2" : "\1\2\3\4\5\6";
  const std::string second = "\7\7\7\x09\x09\x09";
  return file + first + std::string(2, '\0') + second + std::string(2, '\0');
}

TEST(ImageFile, BitmapsBeginAtEitherEnd) {
  const Tensor up = decode_image(bytes_of(bitmap(false, false)), "x.bmp");
  EXPECT_EQ(values_of(up), (std::vector<float>{7, 9, 3, 6, 7, 9, 2, 5, 7, 9, 1, 4}));
  const Tensor down = decode_image(bytes_of(bitmap(true, false)), "x.bmp");
  EXPECT_EQ(values_of(down), (std::vector<float>{3, 6, 7, 9, 2, 5, 7, 9, 1, 4, 7, 9}));
}

TEST(ImageFile, GrayColorsAreOnePlaneInFormatsWithoutGray) {
  const Tensor image = decode_image(bytes_of(bitmap(true, true)), "x.bmp");
  EXPECT_EQ(image.shape(), (Shape{1, 1, 2, 2}));
  EXPECT_EQ(values_of(image), (std::vector<float>{1, 2, 7, 9}));
  // A PNG in full colour keeps its channels, as its author chose.
  const std::string png = png_bytes({1, 1, {5, 5, 5, 255}});
  EXPECT_EQ(decode_image(bytes_of(png), "x.png").shape(), (Shape{1, 3, 1, 1}));
}

TEST(ImageFile, OverfullHuffmanTableIsRefused) {
  // stb_image 2.27 writes past its table here.
  std::string file("\xff\xd8\xff\xc4\x00\x63\x00", 7);
  file += std::string(16, '\x20');
  file += std::string(1000, '\0');
  EXPECT_EQ(code_of(file), "image_broken");
}

TEST(ImageFile, MutationsNeverBreakTheProgram) {
  Pixels pixels{9, 7, {}};
  for (int i = 0; i < 9 * 7 * 4; ++i) {
    pixels.rgba.push_back(static_cast<std::uint8_t>(i * 37));
  }
  const std::string original = png_bytes(pixels);
  std::uint64_t state = 1;
  int refused = 0;
  for (int round = 0; round < 300; ++round) {
    std::string file = original;
    for (int change = 0; change <= round % 4; ++change) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      file[state >> 33 & 0xffff ? (state >> 33) % file.size() : 0] = static_cast<char>(state >> 56);
    }
    refused += code_of(file).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 0);
}

TEST(Exif, EveryOrientationInBothByteOrders) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    EXPECT_EQ(exif_orientation(bytes_of(exif_jpeg(orientation, true))), orientation);
    EXPECT_EQ(exif_orientation(bytes_of(exif_jpeg(orientation, false))), orientation);
  }
}

TEST(Exif, AnythingOddIsUpright) {
  EXPECT_EQ(exif_orientation({}), 1);
  EXPECT_EQ(exif_orientation(bytes_of(exif_jpeg(9, true))), 1);
  EXPECT_EQ(exif_orientation(bytes_of(exif_jpeg(0, true))), 1);
  const std::string file = exif_jpeg(6, false);
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_EQ(exif_orientation(bytes_of(file.substr(0, size))), 1) << size;
  }
}

}  // namespace
}  // namespace convscope::files
