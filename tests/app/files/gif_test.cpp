#include "app/files/image/gif.h"

#include <gif_lib.h>
#include <gtest/gtest.h>

#include <cstring>

#include "app/files/image/palette.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

// A GIF read back by giflib.
class ReadGif {
 public:
  explicit ReadGif(std::string bytes) : bytes_(std::move(bytes)) {
    int error = 0;
    file_ = DGifOpen(this, read, &error);
    if (file_ != nullptr && DGifSlurp(file_) != GIF_OK) {
      ADD_FAILURE() << "giflib can't read it: " << file_->Error;
    }
  }
  ~ReadGif() {
    int ignored = 0;
    DGifCloseFile(file_, &ignored);
  }
  ReadGif(const ReadGif&) = delete;
  ReadGif& operator=(const ReadGif&) = delete;

  const GifFileType& file() const { return *file_; }
  int delay(int frame) const {
    GraphicsControlBlock control{};
    DGifSavedExtensionToGCB(file_, frame, &control);
    return control.DelayTime;
  }
  int transparent(int frame) const {
    GraphicsControlBlock control{};
    DGifSavedExtensionToGCB(file_, frame, &control);
    return control.TransparentColor;
  }
  // What the screen shows after frame `frame`: 0xRRGGBB.
  std::vector<Rgb24> screen(int frame) const {
    std::vector<Rgb24> colors(static_cast<std::size_t>(file_->SWidth * file_->SHeight));
    for (int i = 0; i <= frame; ++i) {
      const SavedImage& image = file_->SavedImages[i];
      const GifImageDesc& place = image.ImageDesc;
      for (int y = 0; y < place.Height; ++y) {
        for (int x = 0; x < place.Width; ++x) {
          const ColorMapObject* map = place.ColorMap != nullptr ? place.ColorMap : file_->SColorMap;
          const int index = image.RasterBits[y * place.Width + x];
          if (index == transparent(i)) {
            continue;
          }
          const GifColorType& color = map->Colors[index];
          colors[static_cast<std::size_t>((place.Top + y) * file_->SWidth + place.Left + x)] =
              static_cast<Rgb24>(color.Red << 16 | color.Green << 8 | color.Blue);
        }
      }
    }
    return colors;
  }

 private:
  static int read(GifFileType* file, GifByteType* to, int count) {
    auto* self = static_cast<ReadGif*>(file->UserData);
    const std::size_t size =
        std::min(static_cast<std::size_t>(count), self->bytes_.size() - self->at_);
    std::memcpy(to, self->bytes_.data() + self->at_, size);
    self->at_ += size;
    return static_cast<int>(size);
  }

  std::string bytes_;
  std::size_t at_ = 0;
  GifFileType* file_ = nullptr;
};

Pixels filled(int width, int height, Rgb24 color) {
  Pixels pixels{width, height, {}};
  for (int i = 0; i < width * height; ++i) {
    for (const Rgb24 part : {color >> 16 & 255, color >> 8 & 255, color & 255, 255U}) {
      pixels.rgba.push_back(static_cast<std::uint8_t>(part));
    }
  }
  return pixels;
}

void set_pixel(Pixels& pixels, int x, int y, Rgb24 color) {
  const Pixels one = filled(1, 1, color);
  std::copy(one.rgba.begin(), one.rgba.end(), pixels.rgba.begin() + (y * pixels.width + x) * 4);
}

TEST(Gif, OnlyTheChangedRectangleIsStored) {
  GifWriter writer(8, 6, {10});
  Pixels frame = filled(8, 6, 0x102030);
  writer.add(frame);
  set_pixel(frame, 2, 1, 0xff0000);
  set_pixel(frame, 5, 3, 0x00ff00);
  writer.add(frame);
  const ReadGif gif(writer.finish());
  ASSERT_EQ(gif.file().ImageCount, 2);
  const GifImageDesc& place = gif.file().SavedImages[1].ImageDesc;
  EXPECT_EQ(place.Left, 2);
  EXPECT_EQ(place.Top, 1);
  EXPECT_EQ(place.Width, 4);
  EXPECT_EQ(place.Height, 3);
  EXPECT_EQ(gif.screen(0)[10], 0x102030u);
  EXPECT_EQ(gif.screen(1)[10], 0xff0000u);
  EXPECT_EQ(gif.screen(1)[29], 0x00ff00u);
  EXPECT_EQ(gif.screen(1)[11], 0x102030u);
}

TEST(Gif, DelaysAddUp) {
  GifWriter writer(1, 1, {30});
  for (Rgb24 i = 0; i < 30; ++i) {
    writer.add(filled(1, 1, i));
  }
  const ReadGif gif(writer.finish());
  ASSERT_EQ(gif.file().ImageCount, 30);
  int sum = 0;
  for (int i = 0; i < 30; ++i) {
    EXPECT_TRUE(gif.delay(i) == 3 || gif.delay(i) == 4);
    sum += gif.delay(i);
  }
  EXPECT_EQ(sum, 100);
}

TEST(Gif, EqualFramesLengthenTheLast) {
  GifWriter writer(2, 2, {10});
  for (int i = 0; i < 5; ++i) {
    writer.add(filled(2, 2, 7));
  }
  const ReadGif gif(writer.finish());
  EXPECT_EQ(gif.file().ImageCount, 1);
  EXPECT_EQ(gif.delay(0), 50);
}

TEST(Gif, FramesWithoutTimeAreLeftOutButNeverTheLast) {
  for (Rgb24 count = 1; count <= 5; ++count) {
    GifWriter writer(1, 1, {100});
    for (Rgb24 i = 0; i < count; ++i) {
      writer.add(filled(1, 1, i));
    }
    const ReadGif gif(writer.finish());
    const int frames = gif.file().ImageCount;
    EXPECT_EQ(gif.screen(0)[0], 0u);
    EXPECT_EQ(gif.screen(frames - 1)[0], count - 1) << count;
    for (int i = 0; i < frames; ++i) {
      EXPECT_GE(gif.delay(i), 2) << count;
    }
  }
}

TEST(Gif, LoopsForever) {
  GifWriter writer(1, 1, {10});
  writer.add(filled(1, 1, 0));
  const std::string bytes = writer.finish();
  const std::string loop("\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00", 19);
  EXPECT_NE(bytes.find(loop), std::string::npos);
  EXPECT_EQ(bytes.substr(0, 6), "GIF89a");
}

TEST(Gif, UpTo256ColorsAreExactAndMoreAreNear) {
  for (const int colors : {256, 1024}) {
    Pixels frame = filled(32, colors / 32, 0);
    for (int i = 0; i < colors; ++i) {
      set_pixel(frame, i % 32, i / 32, static_cast<Rgb24>((i % 32) * 0x080000 + (i / 32) * 8));
    }
    GifWriter writer(32, colors / 32, {10});
    writer.add(frame);
    const ReadGif gif(writer.finish());
    const auto screen = gif.screen(0);
    for (std::size_t i = 0; i < screen.size(); ++i) {
      const std::uint8_t* want = &frame.rgba[4 * i];
      const int tolerance = colors <= 256 ? 0 : 16;
      EXPECT_NEAR(static_cast<int>(screen[i] >> 16), want[0], tolerance);
      EXPECT_NEAR(static_cast<int>(screen[i] & 255), want[2], tolerance);
    }
  }
}

// Frames of up to 256 new colours each, a thousand together.
TEST(Gif, AFrameThatChangesFewColorsIsExactHoweverManyThereAre) {
  Pixels frame = filled(40, 30, 0x123456);
  GifWriter writer(40, 30, {10});
  std::vector<Pixels> frames = {frame};
  for (int i = 0; i < 5; ++i) {
    for (int at = 0; at < 240; ++at) {
      set_pixel(frame, (at * 7 + i) % 40, at / 8, static_cast<Rgb24>(i * 0x20000 + at * 0x101));
    }
    frames.push_back(frame);
  }
  for (const Pixels& each : frames) {
    writer.add(each);
  }
  const ReadGif gif(writer.finish());
  ASSERT_EQ(gif.file().ImageCount, 6);
  for (int i = 0; i < 6; ++i) {
    const std::vector<Rgb24> shown = gif.screen(i);
    for (std::size_t at = 0; at < shown.size(); ++at) {
      const std::uint8_t* want = &frames[static_cast<std::size_t>(i)].rgba[4 * at];
      ASSERT_EQ(shown[at], Rgb24{want[0]} << 16 | Rgb24{want[1]} << 8 | want[2]) << i;
    }
  }
}

// A frame of few colours stays exact, whatever comes after it.
TEST(Gif, FramesBeforeTheFirstWithTooManyColorsAreExact) {
  const Pixels plain = filled(32, 32, 0x123456);
  Pixels photo = plain;
  for (int i = 0; i < 32 * 32; ++i) {
    set_pixel(photo, i % 32, i / 32, static_cast<Rgb24>(0x200000 + i * 0x1003));
  }
  GifWriter writer(32, 32, {10});
  writer.add(plain);
  writer.add(photo);
  writer.add(plain);
  const ReadGif gif(writer.finish());
  ASSERT_EQ(gif.file().ImageCount, 3);
  EXPECT_EQ(gif.screen(0), std::vector<Rgb24>(32 * 32, 0x123456));
  const std::vector<Rgb24> shown = gif.screen(1);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    EXPECT_NEAR(static_cast<int>(shown[i] >> 8 & 255), photo.rgba[4 * i + 1], 32);
  }
  EXPECT_NEAR(static_cast<int>(gif.screen(2)[0] >> 16), 0x12, 16);
}

// All widths of codes, and a table that is full: random indexes, runs, and both.
TEST(Gif, GiflibReadsBackWhatWasPacked) {
  constexpr int kSide = 128;
  std::uint32_t state = 7;
  for (const std::uint32_t run : {1U, 3U, 200U, 20000U}) {
    Pixels frame = filled(kSide, kSide, 0);
    for (int i = 0; i < kSide * kSide; ++i) {
      if (static_cast<std::uint32_t>(i) % run == 0) {
        state = state * 1664525U + 1013904223U;
      }
      set_pixel(frame, i % kSide, i / kSide, state >> 24);
    }
    GifWriter writer(kSide, kSide, {10});
    writer.add(filled(kSide, kSide, 5));
    writer.add(frame);
    const ReadGif gif(writer.finish());
    ASSERT_EQ(gif.file().ImageCount, 2);
    const std::vector<Rgb24> shown = gif.screen(1);
    for (std::size_t i = 0; i < shown.size(); ++i) {
      ASSERT_EQ(shown[i], frame.rgba[4 * i + 2]) << run << " " << i;
    }
  }
}

// Where every index is in use nothing can be transparent.
TEST(Gif, A256thColorNeedsNoIndexOfItsOwn) {
  Pixels frame = filled(16, 17, 0);
  GifWriter writer(16, 17, {10});
  std::vector<Pixels> frames;
  for (int i = 0; i < 2; ++i) {
    for (int at = 0; at < 256; ++at) {
      set_pixel(frame, at % 16, at / 16, static_cast<Rgb24>((at + i) % 256));
    }
    frames.push_back(frame);
    writer.add(frame);
  }
  const ReadGif gif(writer.finish());
  for (int i = 0; i < 2; ++i) {
    const std::vector<Rgb24> shown = gif.screen(i);
    for (std::size_t at = 0; at < shown.size(); ++at) {
      ASSERT_EQ(shown[at], frames[static_cast<std::size_t>(i)].rgba[4 * at + 2]);
    }
  }
}

TEST(Gif, CanPlayOnce) {
  GifWriter writer(1, 1, {.frames_per_second = 10, .loop = false});
  writer.add(filled(1, 1, 0));
  EXPECT_EQ(writer.finish().find("NETSCAPE"), std::string::npos);
}

TEST(Gif, ImpossibleSizesAreRefused) {
  EXPECT_THROW(GifWriter(0, 5, {10}), Failure);
  EXPECT_THROW(GifWriter(5, 65536, {10}), Failure);
  GifWriter writer(2, 2, {10});
  EXPECT_THROW(writer.add(filled(3, 2, 0)), Failure);
}

}  // namespace
}  // namespace convscope::files
