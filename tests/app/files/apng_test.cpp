#include "app/files/image/apng.h"

#include <gtest/gtest.h>

#include <span>

#include "core/import/files/inflate.h"
#include "core/tensor/problem.h"
#include "tests/app/files/frames.h"

namespace convscope::files {
namespace {

std::uint32_t big_endian(const std::string& bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i)));
  }
  return value;
}

// An APNG as the specification says how to read it, with all five filters.
class ReadApng {
 public:
  struct Shown {
    Pixels screen;
    int delay = 0;  // in units of 1 / denominator
    int denominator = 0;
    int width = 0;
    int height = 0;
    int left = 0;
    int top = 0;
  };

  explicit ReadApng(const std::string& bytes) {
    EXPECT_EQ(bytes.substr(0, 8), "\x89PNG\r\n\x1a\n");
    for (std::size_t at = 8; at < bytes.size();) {
      const std::size_t size = big_endian(bytes, at, 4);
      const std::string type = bytes.substr(at + 4, 4);
      const std::string data = bytes.substr(at + 8, size);
      const auto checked = std::as_bytes(std::span(bytes)).subspan(at + 4, size + 4);
      EXPECT_EQ(imports::checksum_of(checked), big_endian(bytes, at + 8 + size, 4)) << type;
      read_chunk(type, data);
      at += 12 + size;
    }
    EXPECT_TRUE(ended_);
    EXPECT_EQ(frames.size(), declared);
  }

  std::vector<Shown> frames;
  std::uint32_t declared = 0;
  std::uint32_t plays = 99;

 private:
  void read_chunk(const std::string& type, const std::string& data) {
    if (type == "IHDR") {
      width_ = static_cast<int>(big_endian(data, 0, 4));
      height_ = static_cast<int>(big_endian(data, 4, 4));
      channels_ = data[9] == 6 ? 4 : 3;
      screen_ = one_color(width_, height_, 0);
    } else if (type == "acTL") {
      declared = big_endian(data, 0, 4);
      plays = big_endian(data, 4, 4);
    } else if (type == "fcTL") {
      EXPECT_EQ(big_endian(data, 0, 4), sequence_++);
      Shown shown;
      shown.width = static_cast<int>(big_endian(data, 4, 4));
      shown.height = static_cast<int>(big_endian(data, 8, 4));
      shown.left = static_cast<int>(big_endian(data, 12, 4));
      shown.top = static_cast<int>(big_endian(data, 16, 4));
      shown.delay = static_cast<int>(big_endian(data, 20, 2));
      shown.denominator = static_cast<int>(big_endian(data, 22, 2));
      EXPECT_EQ(big_endian(data, 24, 2), 0U);
      frames.push_back(shown);
    } else if (type == "IDAT") {
      draw(data);
    } else if (type == "fdAT") {
      EXPECT_EQ(big_endian(data, 0, 4), sequence_++);
      draw(data.substr(4));
    }
    ended_ = type == "IEND";
  }

  void draw(const std::string& packed) {
    Shown& shown = frames.back();
    const int row_bytes = shown.width * channels_;
    std::string rows(static_cast<std::size_t>((row_bytes + 1) * shown.height), '\0');
    imports::Inflater inflater(imports::Inflater::Wrapper::kZlib);
    std::span<const std::byte> rest = std::as_bytes(std::span(packed));
    ASSERT_EQ(inflater.inflate(rest, std::as_writable_bytes(std::span(rows))), rows.size());
    std::vector<int> above(static_cast<std::size_t>(row_bytes), 0);
    for (int y = 0; y < shown.height; ++y) {
      std::vector<int> row = above;
      const auto first = static_cast<std::size_t>(y * (row_bytes + 1));
      for (int i = 0; i < row_bytes; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const int left = i < channels_ ? 0 : row[at - static_cast<std::size_t>(channels_)];
        const int predicted = rows[first] == 0   ? 0
                              : rows[first] == 1 ? left
                              : rows[first] == 2 ? above[at]
                                                 : 1000;  // the writer uses no others
        ASSERT_LT(predicted, 1000);
        row[at] = (static_cast<unsigned char>(rows[first + 1 + at]) + predicted) & 255;
      }
      for (int x = 0; x < shown.width; ++x) {
        std::uint32_t color = 0;
        for (int c = 0; c < 4; ++c) {
          color = color << 8 |
                  static_cast<std::uint32_t>(
                      c < channels_ ? row[static_cast<std::size_t>(x * channels_ + c)] : 255);
        }
        put_pixel(screen_, shown.left + x, shown.top + y, color);
      }
      above = row;
    }
    shown.screen = screen_;
  }

  int width_ = 0;
  int height_ = 0;
  int channels_ = 0;
  std::uint32_t sequence_ = 0;
  bool ended_ = false;
  Pixels screen_;
};

TEST(Apng, EveryPixelIsExactWithAndWithoutTransparency) {
  for (const bool alpha : {false, true}) {
    const std::vector<Pixels> frames = moving_noise(alpha);
    ApngWriter writer(13, 9, {.frames_per_second = 25}, alpha);
    for (const Pixels& frame : frames) {
      writer.add(frame);
    }
    const ReadApng read(writer.finish());
    ASSERT_EQ(read.frames.size(), 7U);  // two are equal
    for (std::size_t i = 0; i < read.frames.size(); ++i) {
      EXPECT_EQ(read.frames[i].screen.rgba, frames[i < 4 ? i : i + 1].rgba) << alpha << " " << i;
      EXPECT_EQ(read.frames[i].delay, i == 3 ? 2 : 1);
      EXPECT_EQ(read.frames[i].denominator, 25);
    }
  }
}

TEST(Apng, OnlyTheChangedRectangleIsStored) {
  Pixels frame = one_color(20, 10, 0x112233FF);
  ApngWriter writer(20, 10, {}, false);
  writer.add(frame);
  put_pixel(frame, 5, 2, 0xFF);
  put_pixel(frame, 9, 6, 0xFF);
  writer.add(frame);
  const ReadApng read(writer.finish());
  ASSERT_EQ(read.frames.size(), 2U);
  EXPECT_EQ(read.frames[1].left, 5);
  EXPECT_EQ(read.frames[1].top, 2);
  EXPECT_EQ(read.frames[1].width, 5);
  EXPECT_EQ(read.frames[1].height, 5);
}

TEST(Apng, LoopsForEverOrPlaysOnce) {
  for (const bool loop : {true, false}) {
    ApngWriter writer(1, 1, {.loop = loop}, false);
    writer.add(one_color(1, 1, 0xFF));
    EXPECT_EQ(ReadApng(writer.finish()).plays, loop ? 0U : 1U);
  }
}

TEST(Apng, ImpossibleSizesAreRefused) {
  EXPECT_THROW(ApngWriter(0, 5, {}, false), Failure);
  ApngWriter writer(2, 2, {}, false);
  EXPECT_THROW(writer.add(one_color(3, 2, 0)), Failure);
}

}  // namespace
}  // namespace convscope::files
