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
constexpr std::uint16_t kNoIndex = 0xFFFF;

// The rectangle that changed since the previous frame. Times count from the first frame.
struct GifChange {
  PixelArea area;
  std::int64_t start = 0;             // hundredths of a second
  std::vector<std::uint8_t> indexes;  // into the exact palette; empty where it was full
  std::vector<Rgb24> colors;          // in that case
};

// Little endian, as everything in a GIF.
void put_short(std::string& out, int value) {
  out += static_cast<char>(value & 255);
  out += static_cast<char>(value >> 8 & 255);
}

void put_palette(std::string& out, std::span<const Rgb24> colors) {
  for (std::size_t i = 0; i < kMostGifColors; ++i) {
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

}  // namespace

struct GifWriter::State {
  State(int w, int h, const AnimationTiming& t)
      : width(w),
        height(h),
        timing(t),
        screen(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), kNoIndex) {
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
  std::optional<std::uint8_t> leave_out_same(GifChange& change);

  int width;
  int height;
  AnimationTiming timing;
  std::int64_t frames = 0;
  LastFrame last;
  ExactPalette exact;     // the file's own palette, if it has any exact frame
  bool all_exact = true;  // so far
  bool has_exact = false;
  // Not written yet: only the last one, as its end is not known, or all of which the common palette
  // will be.
  std::vector<GifChange> waiting;
  Pixels early;  // too soon after the last of `waiting`; the next frame replaces it
  Histogram histogram;
  std::size_t waiting_bytes = 0;
  std::optional<PaletteLookup> common;  // of all frames from the first that is not exact
  std::vector<std::uint16_t> screen;    // the index that each pixel shows, in the palette in use
  bool screen_is_exact = true;          // which palette that is
  GifLzw lzw;
  std::string body;  // all after the palette
};

// Pixels that show their colour already become transparent: long runs, which pack well. The index
// for that is one that no other pixel of the frame uses; without one the frame stays as it is.
std::optional<std::uint8_t> GifWriter::State::leave_out_same(GifChange& change) {
  const bool is_exact = change.colors.empty();
  if (is_exact != screen_is_exact) {
    std::ranges::fill(screen, kNoIndex);
    screen_is_exact = is_exact;
  }
  const auto for_each = [&](const auto& visit) {
    std::size_t i = 0;
    for (int y = change.area.top; y < change.area.top + change.area.height; ++y) {
      const auto row = static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                       static_cast<std::size_t>(change.area.left);
      for (std::size_t x = 0; x < static_cast<std::size_t>(change.area.width); ++x) {
        visit(change.indexes[i++], screen[row + x]);
      }
    }
  };
  std::array<bool, kMostGifColors> used{};
  for_each([&](std::uint8_t index, std::uint16_t shown) {
    used[index] = used[index] || index != shown;
  });
  std::optional<std::uint8_t> unused;
  for (std::size_t i = 0; i < used.size(); ++i) {
    unused = used[i] ? unused : std::optional(static_cast<std::uint8_t>(i));
  }
  for_each([&](std::uint8_t& index, std::uint16_t& shown) {
    const bool same = index == shown;
    shown = index;
    index = same && unused ? *unused : index;
  });
  return unused;
}

void GifWriter::State::write(GifChange& change, std::int64_t end) {
  const bool is_exact = change.colors.empty();
  if (!is_exact) {
    change.indexes.resize(change.colors.size());
    std::ranges::transform(change.colors, change.indexes.begin(),
                           [&](Rgb24 color) { return common->index_of(color); });
  }
  const std::optional<std::uint8_t> transparent = leave_out_same(change);
  constexpr int kStay = 1 << 2;  // the frame stays when the next one is drawn
  body += "\x21\xF9\x04";
  body += static_cast<char>(kStay | (transparent ? 1 : 0));
  put_short(body, static_cast<int>(std::clamp(end - change.start, kShortestDelay, kLongestDelay)));
  body += static_cast<char>(transparent.value_or(0));
  body += '\0';
  body += '\x2C';
  for (const int number :
       {change.area.left, change.area.top, change.area.width, change.area.height}) {
    put_short(body, number);
  }
  // The exact palette is the file's own; where there is none, the common one is.
  const bool own = !is_exact && has_exact;
  body += own ? '\x87' : '\0';
  if (own) {
    put_palette(body, common->colors());
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
  GifChange change{*area, start, {}, {}};
  read_colors(change);
  if (all_exact && exact.take(change.colors, change.indexes)) {
    change.colors = {};
    has_exact = true;
  }
  // After one that didn't fit none is exact: else a colour would change back and forth.
  const bool first_common = all_exact && !change.colors.empty();
  all_exact = all_exact && change.colors.empty();
  if (all_exact || first_common || common) {
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
  put_palette(file, state.has_exact ? state.exact.colors() : state.common->colors());
  if (state.timing.loop) {
    file += "\x21\xFF\x0BNETSCAPE2.0\x03\x01";
    file.append(3, '\0');  // for ever
  }
  file += state.body;
  file += '\x3B';
  return file;
}

}  // namespace convscope::files
