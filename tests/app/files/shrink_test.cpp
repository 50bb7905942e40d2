// Images that are too large: what is said, and what becomes of them. stb_image decodes them as a
// whole here, to be compared with our row by row.
#include "app/files/image/shrink.h"

#include <gtest/gtest.h>

#include <string>

#include "app/files/embedded.h"
#include "app/files/image/image_file.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

Problem problem_of(const std::string& file, bool shrink) {
  try {
    decode_image(bytes_of(file), "x.png", shrink);
  } catch (const Failure& failure) {
    return failure.problem();
  }
  return {};
}

std::int64_t value(const Problem& problem, const std::string& name) {
  for (const auto& [key, found] : problem.values) {
    if (key == name) {
      return std::get<std::int64_t>(found);
    }
  }
  return -1;
}

std::string four(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(number >> shift & 255);
  }
  return bytes;
}

// Nobody looks at the checksums of chunks.
std::string chunk(const std::string& kind, const std::string& data) {
  return four(static_cast<std::uint32_t>(data.size())) + kind + data + four(0);
}

// Rows with their filters, in a zlib stream of one block that is not compressed.
std::string png_of(int width, int height, char depth, char color, const std::string& palette,
                   const std::string& rows) {
  std::uint32_t a = 1;
  std::uint32_t b = 0;
  for (const char row : rows) {
    a = (a + static_cast<unsigned char>(row)) % 65521;
    b = (b + a) % 65521;
  }
  const auto size = static_cast<std::uint32_t>(rows.size());
  const auto little = [](std::uint32_t number) {
    return std::string{static_cast<char>(number & 255), static_cast<char>(number >> 8 & 255)};
  };
  const std::string header = four(static_cast<std::uint32_t>(width)) +
                             four(static_cast<std::uint32_t>(height)) + depth + color +
                             std::string(3, '\0');
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) +
         (palette.empty() ? "" : chunk("PLTE", palette)) +
         chunk("IDAT", "\x78\x01\x01" + little(size) + little(~size) + rows + four(b << 16 | a)) +
         chunk("IEND", "");
}

// A PNG of which there is only the header.
std::string header_of_png(std::uint32_t width, std::uint32_t height, bool interlaced = false) {
  return std::string("\x89PNG\r\n\x1a\n") + four(13) + "IHDR" + four(width) + four(height) +
         std::string("\x08\x02\x00\x00", 4) + (interlaced ? '\x01' : '\x00') + four(0) + four(0) +
         "IEND" + four(0);
}

TEST(Shrink, TheFactorIsTheLeastThatFits) {
  EXPECT_EQ(shrink_factor(40000, 40000, 50'000'000), 6);  // 6666² = 44.4 million
  EXPECT_EQ(shrink_factor(7071, 7071, 50'000'000), 1);
  EXPECT_EQ(shrink_factor(7072, 7072, 50'000'000), 2);
  EXPECT_EQ(shrink_factor(5, 1, 2), 2);
}

TEST(Shrink, EachPixelIsTheMeanOfASquare) {
  const Tensor image({1, 1, 2, 5}, std::vector<float>{0, 2, 10, 10, 99, 4, 2, 10, 30, 99});
  const Tensor small = shrunk(image, 2);
  EXPECT_EQ(small.shape(), (Shape{1, 1, 1, 2}));  // the column that is left over is dropped
  EXPECT_EQ(small.at({0, 0, 0, 0}), 2);
  EXPECT_EQ(small.at({0, 0, 0, 1}), 15);
  EXPECT_TRUE(identical(shrunk(image, 10), image));
}

// The still life's rows are filtered in every way that PNG knows; the zone plate is grey.
TEST(Shrink, RowByRowAPngBecomesWhatItBecomesAsAWhole) {
  for (const char* name : {"images/still-life.png", "images/zone-plate.png"}) {
    const auto bytes = asset(name);
    const Tensor whole = decode_image(bytes, "x.png");
    for (const std::int64_t most : {whole.shape().h * whole.shape().w, std::int64_t{40'000}}) {
      const auto rows = shrunk_png(bytes, most, "x.png");
      ASSERT_TRUE(rows);
      EXPECT_TRUE(identical(*rows, shrunk(whole, most))) << name << " " << most;
    }
  }
}

TEST(Shrink, TransparencyLiesOverWhite) {
  const Pixels pixels = {2, 1, {200, 100, 0, 255, 0, 0, 0, 128}};
  const std::string png = png_bytes(pixels);
  const auto rows = shrunk_png(bytes_of(png), 2, "x.png");
  ASSERT_TRUE(rows);
  EXPECT_TRUE(identical(*rows, decode_image(bytes_of(png), "x.png")));
}

TEST(Shrink, APaletteOfGreysIsGrey) {
  const std::string rows("\0\0\1\0\1\1", 6);
  for (const std::string& palette :
       {std::string("\x0a\x0a\x0a\x1e\x1e\x1e"), std::string("\x0a\x0a\x0a\x1e\x1e\x1f")}) {
    const std::string png = png_of(2, 2, 8, 3, palette, rows);
    const auto small = shrunk_png(bytes_of(png), 4, "x.png");
    ASSERT_TRUE(small);
    EXPECT_TRUE(identical(*small, decode_image(bytes_of(png), "x.png"))) << small->shape().c;
  }
}

// https://www.w3.org/TR/png-3/#table111
TEST(Shrink, ADepthThatTheColourCannotHaveIsNotGuessed) {
  EXPECT_TRUE(shrunk_png(bytes_of(png_of(8, 1, 1, 0, "", std::string(2, '\0'))), 8, "x.png"));
  EXPECT_FALSE(shrunk_png(bytes_of(png_of(8, 1, 1, 2, "", std::string(4, '\0'))), 8, "x.png"));
  EXPECT_FALSE(shrunk_png(bytes_of(png_of(1, 1, 16, 3, "", std::string(3, '\0'))), 1, "x.png"));
}

TEST(Shrink, TooLargeSaysHowLarge) {
  const Problem problem = problem_of(header_of_png(40000, 40000), false);
  EXPECT_EQ(problem.code, "image_too_large");
  EXPECT_EQ(value(problem, "megapixels"), 1600);
  EXPECT_EQ(value(problem, "limit"), 50);
}

// A header alone takes no memory, whatever it says.
TEST(Shrink, AHeaderThatLiesIsFoundOut) {
  EXPECT_EQ(problem_of(header_of_png(40000, 40000), true).code, "image_cut_short");
  EXPECT_EQ(problem_of(header_of_png(1 << 30, 1 << 30), true).code, "image_much_too_large");
  EXPECT_EQ(problem_of(header_of_png(40000, 40000, true), true).code, "image_much_too_large");
}

}  // namespace
}  // namespace convscope::files
