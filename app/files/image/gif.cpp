#include "app/files/image/gif.h"

#include <gif_lib.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "app/files/image/palette.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

constexpr int kLargestSide = 65535;
constexpr std::size_t kMostColors = 256;
constexpr std::int64_t kShortestDelay = 2;  // hundredths; viewers slow down shorter delays
// Frames are kept until their common palette is known, up to this many bytes: beyond that, the
// palette of the frames so far is used for the rest.
constexpr std::size_t kMostPending = std::size_t{256} << 20;

// The rectangle that changed since the previous frame. Times count from the first frame.
struct Change {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
  std::int64_t start = 0;  // hundredths of a second
  std::vector<Rgb24> colors;
};

Failure gif_failed(int error) {
  const char* reason = GifErrorString(error);
  return Failure({"gif_failed", "", {{"reason", std::string(reason != nullptr ? reason : "?")}}});
}

int append_bytes(GifFileType* file, const GifByteType* bytes, int count) {
  static_cast<std::string*>(file->UserData)
      ->append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(count));
  return count;
}

// Blends transparent pixels with white, as when images are read.
std::vector<Rgb24> opaque(const Pixels& frame) {
  std::vector<Rgb24> colors(frame.rgba.size() / 4);
  for (std::size_t i = 0; i < colors.size(); ++i) {
    const std::uint8_t* pixel = &frame.rgba[4 * i];
    Rgb24 color = 0;
    for (int channel = 0; channel < 3; ++channel) {
      const unsigned alpha = pixel[3];
      color = color << 8 | (pixel[channel] * alpha + 255 * (255 - alpha) + 127) / 255;
    }
    colors[i] = color;
  }
  return colors;
}

}  // namespace

struct GifWriter::State {
  State(int w, int h, double rate) : width(w), height(h), frames_per_second(rate) {}
  ~State() {
    if (file != nullptr) {
      int ignored = 0;
      EGifCloseFile(file, &ignored);
    }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  std::int64_t hundredths(std::int64_t frame) const {
    return std::llround(static_cast<double>(frame) * 100.0 / frames_per_second);
  }
  // nullopt if both are equal.
  std::optional<Change> change_to(const std::vector<Rgb24>& frame) const;
  void keep(std::vector<Rgb24> frame, std::int64_t start);
  void choose_colors();
  void write(const Change& change, std::int64_t end);
  void write_loop();
  void check(int result) const {
    if (result == GIF_ERROR) {
      throw gif_failed(file == nullptr ? E_GIF_ERR_NOT_ENOUGH_MEM : file->Error);
    }
  }

  int width;
  int height;
  double frames_per_second;
  std::int64_t frames = 0;
  std::vector<Rgb24> last;
  Histogram histogram;
  std::vector<Change> pending;  // not written yet; once the palette is chosen, only the last one
  std::vector<Rgb24> early;     // too soon after the last of `pending`; the next replaces it
  std::size_t pending_bytes = 0;
  std::optional<PaletteLookup> palette;
  GifFileType* file = nullptr;
  std::string bytes;
};

std::optional<Change> GifWriter::State::change_to(const std::vector<Rgb24>& frame) const {
  int left = width;
  int right = -1;
  int top = height;
  int bottom = -1;
  if (last.empty()) {
    left = top = 0;
    right = width - 1;
    bottom = height - 1;
  } else {
    for (int y = 0; y < height; ++y) {
      const auto row = static_cast<std::ptrdiff_t>(y) * width;
      const auto begin = frame.begin() + row;
      const auto end = begin + width;
      const auto [differs, unused] = std::mismatch(begin, end, last.begin() + row);
      if (differs == end) {
        continue;
      }
      top = std::min(top, y);
      bottom = y;
      left = std::min(left, static_cast<int>(differs - begin));
      int x = width - 1;
      while (*(begin + x) == last[static_cast<std::size_t>(row + x)]) {
        --x;
      }
      right = std::max(right, x);
    }
  }
  if (right < left) {
    return std::nullopt;
  }
  Change change{left, top, right - left + 1, bottom - top + 1, 0, {}};
  for (int y = top; y <= bottom; ++y) {
    const auto from = frame.begin() + static_cast<std::ptrdiff_t>(y) * width + left;
    change.colors.insert(change.colors.end(), from, from + change.width);
  }
  return change;
}

void GifWriter::State::choose_colors() {
  palette.emplace(choose_palette(histogram, kMostColors));
  histogram.clear();
  int bits = 1;
  while ((std::size_t{1} << bits) < palette->colors().size()) {
    ++bits;
  }
  std::vector<GifColorType> colors(std::size_t{1} << bits);
  for (std::size_t i = 0; i < palette->colors().size(); ++i) {
    const Rgb24 color = palette->colors()[i];
    colors[i] = {static_cast<GifByteType>(color >> 16), static_cast<GifByteType>(color >> 8 & 255),
                 static_cast<GifByteType>(color & 255)};
  }
  int error = 0;
  file = EGifOpen(&bytes, append_bytes, &error);
  if (file == nullptr) {
    throw gif_failed(error);
  }
  EGifSetGifVersion(file, true);
  ColorMapObject* map = GifMakeMapObject(static_cast<int>(colors.size()), colors.data());
  const int result = EGifPutScreenDesc(file, width, height, 8, 0, map);
  GifFreeMapObject(map);
  check(result);
  write_loop();
}

void GifWriter::State::write_loop() {
  constexpr std::string_view kName = "NETSCAPE2.0";
  constexpr GifByteType kForEver[] = {1, 0, 0};
  check(EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE));
  check(EGifPutExtensionBlock(file, static_cast<int>(kName.size()), kName.data()));
  check(EGifPutExtensionBlock(file, sizeof(kForEver), kForEver));
  check(EGifPutExtensionTrailer(file));
}

void GifWriter::State::write(const Change& change, std::int64_t end) {
  constexpr std::int64_t kLongestDelay = 65535;
  GraphicsControlBlock control{};
  control.DisposalMode = DISPOSE_DO_NOT;
  control.DelayTime =
      static_cast<int>(std::clamp(end - change.start, kShortestDelay, kLongestDelay));
  control.TransparentColor = NO_TRANSPARENT_COLOR;
  GifByteType block[4];
  EGifGCBToExtension(&control, block);
  check(EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, sizeof(block), block));
  check(
      EGifPutImageDesc(file, change.left, change.top, change.width, change.height, false, nullptr));
  std::vector<GifPixelType> row(static_cast<std::size_t>(change.width));
  auto color = change.colors.begin();
  for (int y = 0; y < change.height; ++y) {
    for (GifPixelType& pixel : row) {
      pixel = palette->index_of(*color++);
    }
    check(EGifPutLine(file, row.data(), change.width));
  }
}

GifWriter::GifWriter(int width, int height, double frames_per_second) {
  if (width < 1 || height < 1 || width > kLargestSide || height > kLargestSide) {
    throw Failure({"gif_size",
                   "",
                   {{"width", std::int64_t{width}},
                    {"height", std::int64_t{height}},
                    {"limit", std::int64_t{kLargestSide}}}});
  }
  const double rate = std::isfinite(frames_per_second) ? frames_per_second : 1;
  state_ = std::make_unique<State>(width, height, std::clamp(rate, 0.01, 1000.0));
}

GifWriter::~GifWriter() = default;

void GifWriter::State::keep(std::vector<Rgb24> frame, std::int64_t start) {
  std::optional<Change> change = change_to(frame);
  if (!change) {
    return;
  }
  last = std::move(frame);
  change->start = start;
  if (palette) {
    write(pending.back(), start);
    pending.back() = std::move(*change);
    return;
  }
  for (const Rgb24 color : change->colors) {
    ++histogram[color];
  }
  pending_bytes += change->colors.size() * sizeof(Rgb24);
  pending.push_back(std::move(*change));
  if (pending_bytes > kMostPending) {
    choose_colors();
    for (std::size_t i = 0; i + 1 < pending.size(); ++i) {
      write(pending[i], pending[i + 1].start);
    }
    pending.erase(pending.begin(), pending.end() - 1);
  }
}

void GifWriter::add(const Pixels& frame) {
  State& state = *state_;
  if (frame.width != state.width || frame.height != state.height) {
    throw Failure({"gif_size",
                   "",
                   {{"width", std::int64_t{frame.width}},
                    {"height", std::int64_t{frame.height}},
                    {"limit", std::int64_t{kLargestSide}}}});
  }
  const std::int64_t start = state.hundredths(state.frames++);
  state.early.clear();
  // GIF can't show a frame for less than two hundredths, so the next frame replaces this one.
  if (!state.pending.empty() && start - state.pending.back().start < kShortestDelay) {
    state.early = opaque(frame);
    return;
  }
  state.keep(opaque(frame), start);
}

std::string GifWriter::finish() {
  State& state = *state_;
  if (!state.early.empty()) {  // nothing replaced it
    state.keep(std::move(state.early), state.pending.back().start + kShortestDelay);
  }
  if (!state.palette) {
    state.choose_colors();
  }
  for (std::size_t i = 0; i < state.pending.size(); ++i) {
    state.write(state.pending[i], i + 1 < state.pending.size() ? state.pending[i + 1].start
                                                               : state.hundredths(state.frames));
  }
  int error = 0;
  GifFileType* file = std::exchange(state.file, nullptr);
  if (EGifCloseFile(file, &error) == GIF_ERROR) {
    throw gif_failed(error);
  }
  return std::move(state.bytes);
}

}  // namespace convscope::files
