// Read back by libwebp's own decoders.
#include "app/files/image/webp.h"

#include <gtest/gtest.h>
#include <webp/decode.h>
#include <webp/demux.h>

#include <memory>

#include "core/tensor/problem.h"
#include "tests/app/files/frames.h"

namespace convscope::files {
namespace {

const std::uint8_t* data_of(const std::string& bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

struct ReadWebp {
  explicit ReadWebp(const std::string& file) {
    const WebPData data = {data_of(file), file.size()};
    const std::unique_ptr<WebPDemuxer, void (*)(WebPDemuxer*)> demuxer(WebPDemux(&data),
                                                                       WebPDemuxDelete);
    EXPECT_NE(demuxer, nullptr);
    loops = static_cast<int>(WebPDemuxGetI(demuxer.get(), WEBP_FF_LOOP_COUNT));
    const std::unique_ptr<WebPAnimDecoder, void (*)(WebPAnimDecoder*)> decoder(
        WebPAnimDecoderNew(&data, nullptr), WebPAnimDecoderDelete);
    EXPECT_NE(decoder, nullptr);
    std::uint8_t* pixels = nullptr;
    int end = 0;
    while (WebPAnimDecoderGetNext(decoder.get(), &pixels, &end) != 0) {
      screens.emplace_back(pixels, pixels + 13 * 9 * 4);
      ends.push_back(end);
    }
  }

  std::vector<std::vector<std::uint8_t>> screens;
  std::vector<int> ends;  // milliseconds
  int loops = 99;
};

TEST(Webp, EveryPixelIsExactWithAndWithoutTransparency) {
  for (const bool alpha : {false, true}) {
    const std::vector<Pixels> frames = moving_noise(alpha);
    WebpWriter writer(13, 9, {.frames_per_second = 30});
    for (const Pixels& frame : frames) {
      writer.add(frame);
    }
    const ReadWebp read(writer.finish());
    ASSERT_EQ(read.screens.size(), 7U);
    for (std::size_t i = 0; i < read.screens.size(); ++i) {
      EXPECT_EQ(read.screens[i], frames[i < 4 ? i : i + 1].rgba) << alpha << " " << i;
    }
    // 1, 2, 3, 5, ... frames of 33 1/3 ms: rounding does not add up.
    EXPECT_EQ(read.ends, (std::vector{33, 67, 100, 167, 200, 233, 267}));
    EXPECT_EQ(read.loops, 0);
  }
}

TEST(Webp, AStillIsExact) {
  const Pixels still = moving_noise(true).back();
  const std::string file = webp_bytes(still);
  int width = 0;
  int height = 0;
  const std::unique_ptr<std::uint8_t, void (*)(void*)> pixels(
      WebPDecodeRGBA(data_of(file), file.size(), &width, &height), WebPFree);
  ASSERT_NE(pixels, nullptr);
  ASSERT_EQ(width, 13);
  ASSERT_EQ(height, 9);
  EXPECT_EQ(std::vector(pixels.get(), pixels.get() + still.rgba.size()), still.rgba);
}

TEST(Webp, CanPlayOnce) {
  WebpWriter writer(13, 9, {.loop = false});
  writer.add(one_color(13, 9, 0xFF));
  writer.add(one_color(13, 9, 0x10FF));
  EXPECT_EQ(ReadWebp(writer.finish()).loops, 1);
}

TEST(Webp, ImpossibleSizesAreRefused) {
  EXPECT_THROW(WebpWriter(16384, 5, {}), Failure);
  EXPECT_THROW(webp_bytes(Pixels{}), Failure);
  WebpWriter writer(2, 2, {});
  EXPECT_THROW(writer.add(one_color(3, 2, 0)), Failure);
}

}  // namespace
}  // namespace convscope::files
