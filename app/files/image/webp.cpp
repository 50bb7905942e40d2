#include "app/files/image/webp.h"

#include <webp/encode.h>
#include <webp/mux.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/files/image/stored_frames.h"

namespace convscope::files {
namespace {

constexpr const char* kWebpName = "WebP";
constexpr int kLargestWebpSide = WEBP_MAX_DIMENSION;
constexpr int kWebpLevel = 1;  // of WebP's lossless levels: 0 is fastest, 9 smallest
constexpr std::int64_t kLongestWebpDelay = (1 << 24) - 1;  // milliseconds

struct WebpPicture {
  WebpPicture() {
    if (WebPPictureInit(&value) == 0) {
      throw encoding_failed(kWebpName, "WebPPictureInit");
    }
  }
  ~WebpPicture() { WebPPictureFree(&value); }
  WebpPicture(const WebpPicture&) = delete;
  WebpPicture& operator=(const WebpPicture&) = delete;

  WebPPicture value;
};

int append_webp(const std::uint8_t* bytes, std::size_t size, const WebPPicture* picture) {
  static_cast<std::string*>(picture->custom_ptr)
      ->append(reinterpret_cast<const char*>(bytes), size);
  return 1;
}

// A rectangle of a frame as a file of its own.
std::string webp_of(const Pixels& pixels, const PixelArea& area) {
  WebPConfig config;
  if (WebPConfigInit(&config) == 0 || WebPConfigLosslessPreset(&config, kWebpLevel) == 0) {
    throw encoding_failed(kWebpName, "WebPConfig");
  }
  config.exact = 1;  // keeps the colours of transparent pixels
  std::string file;
  WebpPicture picture;
  picture.value.use_argb = 1;
  picture.value.width = area.width;
  picture.value.height = area.height;
  picture.value.writer = append_webp;
  picture.value.custom_ptr = &file;
  const auto first = (static_cast<std::size_t>(area.top) * static_cast<std::size_t>(pixels.width) +
                      static_cast<std::size_t>(area.left)) *
                     4;
  if (WebPPictureImportRGBA(&picture.value, &pixels.rgba[first], pixels.width * 4) == 0 ||
      WebPEncode(&config, &picture.value) == 0) {
    throw encoding_failed(kWebpName, "error " + std::to_string(picture.value.error_code));
  }
  return file;
}

struct MuxDeleter {
  void operator()(WebPMux* mux) const { WebPMuxDelete(mux); }
};

void check_mux(WebPMuxError error) {
  if (error != WEBP_MUX_OK) {
    throw encoding_failed(kWebpName, "error " + std::to_string(error));
  }
}

}  // namespace

std::string webp_bytes(const Pixels& pixels) {
  check_frame_size(kWebpName, pixels.width, pixels.height, kLargestWebpSide);
  return webp_of(pixels, {0, 0, pixels.width, pixels.height});
}

struct WebpWriter::State {
  std::int64_t milliseconds(std::int64_t frame) const {
    const std::int64_t rate = frames.timing().frames_per_second;
    return (frame * 2000 + rate) / (2 * rate);
  }
  void store(const StoredFrame& frame, std::int64_t end);

  StoredFrames frames;
  std::unique_ptr<WebPMux, MuxDeleter> mux;
};

void WebpWriter::State::store(const StoredFrame& frame, std::int64_t end) {
  const std::int64_t time = milliseconds(end) - milliseconds(frame.start);
  WebPMuxFrameInfo info{};
  info.bitstream = {reinterpret_cast<const std::uint8_t*>(frame.bytes.data()), frame.bytes.size()};
  info.x_offset = frame.area.left;
  info.y_offset = frame.area.top;
  info.duration = static_cast<int>(std::clamp<std::int64_t>(time, 1, kLongestWebpDelay));
  info.id = WEBP_CHUNK_ANMF;
  info.dispose_method = WEBP_MUX_DISPOSE_NONE;
  info.blend_method = WEBP_MUX_NO_BLEND;
  check_mux(WebPMuxPushFrame(mux.get(), &info, 1));
}

WebpWriter::WebpWriter(int width, int height, const AnimationTiming& timing)
    : state_(std::make_unique<State>(
          State{StoredFrames(kWebpName, width, height, kLargestWebpSide, timing),
                std::unique_ptr<WebPMux, MuxDeleter>(WebPMuxNew())})) {
  if (state_->mux == nullptr) {
    throw encoding_failed(kWebpName, "WebPMuxNew");
  }
}

WebpWriter::~WebpWriter() = default;

void WebpWriter::add(const Pixels& frame) {
  state_->frames.add(
      frame,
      [](const Pixels& pixels, const PixelArea& area) {
        // WebP stores half of the offsets.
        const PixelArea even = {area.left & ~1, area.top & ~1, area.width + (area.left & 1),
                                area.height + (area.top & 1)};
        return StoredFrame{even, webp_of(pixels, even)};
      },
      [this](const StoredFrame& done, std::int64_t end) { state_->store(done, end); });
}

std::string WebpWriter::finish() {
  State& state = *state_;
  state.frames.finish([&](const StoredFrame& done, std::int64_t end) { state.store(done, end); });
  const WebPMuxAnimParams animation{.bgcolor = 0, .loop_count = state.frames.timing().loop ? 0 : 1};
  check_mux(WebPMuxSetAnimationParams(state.mux.get(), &animation));
  check_mux(WebPMuxSetCanvasSize(state.mux.get(), state.frames.width(), state.frames.height()));
  WebPData data;
  WebPDataInit(&data);
  check_mux(WebPMuxAssemble(state.mux.get(), &data));
  std::string file(reinterpret_cast<const char*>(data.bytes), data.size);
  WebPDataClear(&data);
  return file;
}

}  // namespace convscope::files
