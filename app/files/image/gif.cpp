#include "app/files/image/gif.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "app/files/image/exact_palette.h"
#include "app/files/image/frame_change.h"
#include "app/files/image/frame_size.h"
#include "app/files/image/gif_lzw.h"
#include "app/files/image/palette.h"

namespace convscope::files {
namespace {

constexpr const char* kGifName = "GIF";
constexpr int kLargestGifSide = 65535;
constexpr std::int64_t kShortestDelay = 2;  // hundredths; viewers slow down shorter delays
constexpr std::int64_t kLongestDelay = 65535;
// Frames of more than 256 colours are kept until their common palette is known, up to this many
// bytes: beyond that, the palette of the frames so far is used for the rest.
constexpr std::size_t kMostWaiting = std::size_t{256} << 20;
constexpr Rgb24 kNoColor = 0xFFFFFFFF;

// The rectangle that changed since the previous frame. Times count from the first frame.
struct GifChange {
  PixelArea area;
  std::int64_t start = 0;     // hundredths of a second
  std::vector<Rgb24> colors;  // until they have indexes
  std::vector<std::uint8_t> indexes;
  std::optional<std::uint8_t> transparent;
  std::vector<Rgb24> palette;  // of its own; empty: the file's
};

// Little endian, as everything in a GIF.
void put_short(std::string& out, int value) {
  out += static_cast<char>(value & 255);
  out += static_cast<char>(value >> 8 & 255);
}

// The sizes of palettes are powers of two: how many bits their indexes have.
int palette_bits(std::size_t colors) {
  int bits = 1;
  while ((std::size_t{1} << bits) < colors) {
    ++bits;
  }
  return bits;
}

void put_palette(std::string& out, std::span<const Rgb24> colors) {
  for (std::size_t i = 0; i < std::size_t{1} << palette_bits(colors.size()); ++i) {
    const Rgb24 color = i < colors.size() ? colors[i] : 0;
    for (const int shift : {16, 8, 0}) {
      out += static_cast<char>(color >> shift & 255U);
    }
  }
}

// Blends a transparent pixel with white, as when images are read.
Rgb24 opaque(const std::uint8_t* pixel) {
  const unsigned alpha = pixel[3];
  if (alpha == 255) {
    return Rgb24{pixel[0]} << 16 | Rgb24{pixel[1]} << 8 | Rgb24{pixel[2]};
  }
  Rgb24 color = 0;
  for (int channel = 0; channel < 3; ++channel) {
    color = color << 8 | (pixel[channel] * alpha + 255 * (255 - alpha) + 127) / 255;
  }
  return color;
}

// The indexes of all pixels, when `some` are those of the changed ones: the others become
// transparent, which makes long runs. False if no index is left for that.
bool spread(GifChange& change, std::span<const std::uint8_t> changed,
            std::span<const std::uint8_t> some) {
  std::array<bool, kMostGifColors> used{};
  for (const std::uint8_t index : some) {
    used[index] = true;
  }
  change.transparent.reset();
  if (const auto* const free = std::ranges::find(used, false); free != used.end()) {
    change.transparent = static_cast<std::uint8_t>(free - used.begin());
  }
  if (!change.transparent && some.size() < changed.size()) {
    return false;
  }
  change.indexes.resize(changed.size());
  auto next = some.begin();
  for (std::size_t i = 0; i < changed.size(); ++i) {
    change.indexes[i] = changed[i] != 0 ? *next++ : *change.transparent;
  }
  return true;
}

}  // namespace

struct GifWriter::State {
  State(int w, int h, const AnimationTiming& t)
      : width(w),
        height(h),
        timing(t),
        screen(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), kNoColor) {
    timing.frames_per_second = std::clamp(timing.frames_per_second, 1, 1000);
  }

  std::int64_t hundredths(std::int64_t frame) const {
    return (frame * 200 + timing.frames_per_second) / (2 * timing.frames_per_second);
  }
  void keep(const Pixels& frame, std::int64_t start);
  void read_colors(GifChange& change) const;
  void count_colors(std::span<const Rgb24> colors);
  void choose_common();
  void write_waiting(std::size_t count, std::int64_t end);
  void write(GifChange& change, std::int64_t end);
  bool index_exactly(GifChange& change);
  void index_by_common(GifChange& change);
  std::vector<std::uint8_t> differing(const PixelArea& area, std::span<const Rgb24> colors) const;
  void show(const PixelArea& area, std::span<const Rgb24> colors);
  // The row of the screen where pixel `i` of a rectangle begins one.
  std::size_t row_at(const PixelArea& area, std::size_t i) const {
    const std::size_t y =
        static_cast<std::size_t>(area.top) + i / static_cast<std::size_t>(area.width);
    return y * static_cast<std::size_t>(width) + static_cast<std::size_t>(area.left);
  }
  Rgb24* screen_row(const PixelArea& area, std::size_t i) { return &screen[row_at(area, i)]; }
  const Rgb24* screen_row(const PixelArea& area, std::size_t i) const {
    return &screen[row_at(area, i)];
  }

  int width;
  int height;
  AnimationTiming timing;
  std::int64_t frames = 0;
  LastFrame last;
  ExactPalette exact;     // the file's palette, if it has any exact frame
  bool all_exact = true;  // so far
  bool has_exact = false;
  // Not written yet: only the last one, as its end is not known, or all of which the common palette
  // will be.
  std::vector<GifChange> waiting;
  Pixels early;  // too soon after the last of `waiting`; the next frame replaces it
  Histogram histogram;
  std::size_t waiting_bytes = 0;
  std::optional<PaletteLookup> common;  // of all frames from the first that is not exact
  std::vector<Rgb24> screen;            // what each pixel shows
  GifLzw lzw;
  std::string body;  // all after the palette
};

// 1 for each pixel of a rectangle that shows another colour.
std::vector<std::uint8_t> GifWriter::State::differing(const PixelArea& area,
                                                      std::span<const Rgb24> colors) const {
  std::vector<std::uint8_t> differs;
  differs.reserve(colors.size());
  for (std::size_t i = 0; i < colors.size();) {
    const Rgb24* shown = screen_row(area, i);
    for (int x = 0; x < area.width; ++x) {
      differs.push_back(shown[x] != colors[i++] ? 1 : 0);
    }
  }
  return differs;
}

void GifWriter::State::show(const PixelArea& area, std::span<const Rgb24> colors) {
  const auto row = static_cast<std::size_t>(area.width);
  for (std::size_t i = 0; i < colors.size(); i += row) {
    std::ranges::copy(colors.subspan(i, row), screen_row(area, i));
  }
}

// With the colours of the file's palette, or of one of the frame's own.
bool GifWriter::State::index_exactly(GifChange& change) {
  const std::vector<std::uint8_t> changed = differing(change.area, change.colors);
  std::vector<Rgb24> colors;
  colors.reserve(change.colors.size());
  for (std::size_t i = 0; i < changed.size(); ++i) {
    if (changed[i] != 0) {
      colors.push_back(change.colors[i]);
    }
  }
  std::vector<std::uint8_t> indexes;
  if (exact.take(colors, indexes) && spread(change, changed, indexes)) {
    show(change.area, change.colors);
    return true;
  }
  ExactPalette own;
  if (!own.take(colors, indexes) || !spread(change, changed, indexes)) {
    return false;
  }
  show(change.area, change.colors);
  change.palette.assign(own.colors().begin(), own.colors().end());
  // Transparent is one more index, which the palette has to reach.
  change.palette.resize(std::max<std::size_t>(
      change.palette.size(), change.transparent ? std::size_t{*change.transparent} + 1 : 0));
  return true;
}

void GifWriter::State::index_by_common(GifChange& change) {
  std::vector<std::uint8_t> indexes(change.colors.size());
  Rgb24 last_color = kNoColor;
  std::uint8_t index = 0;
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    if (change.colors[i] != last_color) {  // most pixels are like the one before
      last_color = change.colors[i];
      index = common->index_of(last_color);
    }
    indexes[i] = index;
    change.colors[i] = common->colors()[index];
  }
  const std::vector<std::uint8_t> changed = differing(change.area, change.colors);
  show(change.area, change.colors);
  std::vector<std::uint8_t> some;
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    if (changed[i] != 0) {
      some.push_back(indexes[i]);
    }
  }
  if (!spread(change, changed, some)) {
    change.indexes = std::move(indexes);
  }
  if (has_exact) {
    change.palette.assign(common->colors().begin(), common->colors().end());
    change.palette.resize(kMostGifColors);
  }
}

void GifWriter::State::write(GifChange& change, std::int64_t end) {
  if (change.indexes.empty()) {
    index_by_common(change);
  }
  constexpr int kStay = 1 << 2;  // the frame stays when the next one is drawn
  body += "\x21\xF9\x04";
  body += static_cast<char>(kStay | (change.transparent ? 1 : 0));
  put_short(body, static_cast<int>(std::clamp(end - change.start, kShortestDelay, kLongestDelay)));
  body += static_cast<char>(change.transparent.value_or(0));
  body += '\0';
  body += '\x2C';
  for (const int number :
       {change.area.left, change.area.top, change.area.width, change.area.height}) {
    put_short(body, number);
  }
  if (change.palette.empty()) {
    body += '\0';
  } else {
    body += static_cast<char>(0x80 | (palette_bits(change.palette.size()) - 1));
    put_palette(body, change.palette);
  }
  lzw.append(body, change.indexes);
}

GifWriter::GifWriter(int width, int height, const AnimationTiming& timing) {
  check_frame_size(kGifName, width, height, kLargestGifSide);
  state_ = std::make_unique<State>(width, height, timing);
}

GifWriter::~GifWriter() = default;

// Fills colors from the last frame.
void GifWriter::State::read_colors(GifChange& change) const {
  const PixelArea& area = change.area;
  change.colors.resize(static_cast<std::size_t>(area.width) *
                       static_cast<std::size_t>(area.height));
  auto to = change.colors.begin();
  for (int y = area.top; y < area.top + area.height; ++y) {
    const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                            static_cast<std::size_t>(area.left);
    const std::uint8_t* pixel = &last.pixels().rgba[row * 4];
    for (int x = 0; x < area.width; ++x, pixel += 4) {
      *to++ = opaque(pixel);
    }
  }
}

void GifWriter::State::keep(const Pixels& frame, std::int64_t start) {
  const std::optional<PixelArea> area = last.change_to(frame);
  if (!area) {
    return;
  }
  GifChange change;
  change.area = *area;
  change.start = start;
  read_colors(change);
  // After one that didn't fit none is exact: else a colour would change back and forth.
  const bool was_exact = all_exact;
  all_exact = all_exact && index_exactly(change);
  if (all_exact) {
    change.colors = {};
    has_exact = true;
  }
  if (was_exact || common) {
    write_waiting(waiting.size(), start);
  }
  waiting.push_back(std::move(change));
  if (!all_exact && !common) {
    count_colors(waiting.back().colors);
    if (waiting_bytes > kMostWaiting) {
      choose_common();
      write_waiting(waiting.size() - 1, start);
    }
  }
}

void GifWriter::State::count_colors(std::span<const Rgb24> colors) {
  waiting_bytes += colors.size_bytes();
  for (std::size_t i = 0; i < colors.size();) {
    std::size_t end = i;
    while (end < colors.size() && colors[end] == colors[i]) {
      ++end;
    }
    histogram[colors[i]] += end - i;
    i = end;
  }
}

void GifWriter::State::choose_common() {
  common.emplace(choose_palette(histogram, kMostGifColors));
  histogram.clear();
}

// Each lasts until the next begins, the last of them until `end`.
void GifWriter::State::write_waiting(std::size_t count, std::int64_t end) {
  for (std::size_t i = 0; i < count; ++i) {
    write(waiting[i], i + 1 < waiting.size() ? waiting[i + 1].start : end);
  }
  waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count));
}

void GifWriter::add(const Pixels& frame) {
  State& state = *state_;
  if (frame.width != state.width || frame.height != state.height) {
    throw wrong_frame_size(kGifName, frame.width, frame.height, kLargestGifSide);
  }
  const std::int64_t start = state.hundredths(state.frames++);
  state.early = {};
  // GIF can't show a frame for less than two hundredths, so the next frame replaces this one.
  if (!state.waiting.empty() && start - state.waiting.back().start < kShortestDelay) {
    state.early = frame;
    return;
  }
  state.keep(frame, start);
}

std::string GifWriter::finish() {
  State& state = *state_;
  if (!state.early.rgba.empty()) {  // nothing replaced it
    state.keep(state.early, state.waiting.back().start + kShortestDelay);
  }
  if (!state.all_exact && !state.common) {
    state.choose_common();
  }
  state.write_waiting(state.waiting.size(), state.hundredths(state.frames));
  std::string file = "GIF89a";
  put_short(file, state.width);
  put_short(file, state.height);
  file += '\xF7';  // a palette of 256 colours, 8 bits each
  file += '\0';
  file += '\0';
  std::vector<Rgb24> palette(kMostGifColors);
  std::ranges::copy(state.has_exact ? state.exact.colors() : state.common->colors(),
                    palette.begin());
  put_palette(file, palette);
  if (state.timing.loop) {
    file += "\x21\xFF\x0BNETSCAPE2.0\x03\x01";
    file.append(3, '\0');  // for ever
  }
  file += state.body;
  file += '\x3B';
  return file;
}

}  // namespace convscope::files
