#include "app/files/image/apng.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "app/files/image/stored_frames.h"
#include "core/import/files/inflate.h"

namespace convscope::files {
namespace {

constexpr const char* kApngName = "APNG";
constexpr int kLargestApngSide = 65535;
constexpr std::int64_t kLongestApngDelay = 65535;  // in units of 1 / denominator
constexpr int kApngLevel = 6;                      // of zlib: 1 is fastest, 9 smallest

// Big endian, as everything in a PNG.
void put_number(std::string& out, std::uint32_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    out += static_cast<char>(value >> shift & 255U);
  }
}

void put_chunk(std::string& out, std::string_view type, std::string_view data) {
  put_number(out, static_cast<std::uint32_t>(data.size()), 4);
  const std::size_t checked = out.size();
  out.append(type).append(data);
  put_number(out, imports::checksum_of(std::as_bytes(std::span(out).subspan(checked))), 4);
}

using ApngRow = std::vector<std::uint8_t>;

// PNG's filters: a byte becomes its difference from the one on the left (Sub) or above (Up). The
// smallest sum of differences usually deflates best.
void put_filtered(std::string& out, const ApngRow& row, const ApngRow& above,
                  std::size_t pixel_bytes) {
  std::array<ApngRow, 3> filtered = {row, row, row};
  std::array<std::uint64_t, 3> costs{};
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::uint8_t left = i < pixel_bytes ? 0 : row[i - pixel_bytes];
    filtered[1][i] = static_cast<std::uint8_t>(row[i] - left);
    filtered[2][i] = static_cast<std::uint8_t>(row[i] - above[i]);
    for (std::size_t filter = 0; filter < filtered.size(); ++filter) {
      costs[filter] += static_cast<std::uint64_t>(
          std::abs(static_cast<int>(static_cast<std::int8_t>(filtered[filter][i]))));
    }
  }
  const auto best = static_cast<std::size_t>(std::ranges::min_element(costs) - costs.begin());
  out += static_cast<char>(best);  // 0 None, 1 Sub, 2 Up
  out.append(filtered[best].begin(), filtered[best].end());
}

}  // namespace

struct ApngWriter::State {
  StoredFrame encoded(const Pixels& pixels, const PixelArea& area) const;
  void store(const StoredFrame& frame, std::int64_t end);

  StoredFrames frames;
  bool alpha = false;
  std::uint32_t stored = 0;    // frames that are in `body`
  std::uint32_t sequence = 0;  // of animation chunks
  std::string body = {};
};

StoredFrame ApngWriter::State::encoded(const Pixels& pixels, const PixelArea& area) const {
  const std::size_t pixel_bytes = alpha ? 4 : 3;
  ApngRow row(static_cast<std::size_t>(area.width) * pixel_bytes);
  ApngRow above(row.size(), 0);
  std::string filtered;
  filtered.reserve((row.size() + 1) * static_cast<std::size_t>(area.height));
  for (int y = area.top; y < area.top + area.height; ++y) {
    const auto first = static_cast<std::size_t>(y) * static_cast<std::size_t>(pixels.width) +
                       static_cast<std::size_t>(area.left);
    for (std::size_t x = 0; x < static_cast<std::size_t>(area.width); ++x) {
      std::copy_n(&pixels.rgba[(first + x) * 4], pixel_bytes, &row[x * pixel_bytes]);
    }
    put_filtered(filtered, row, above, pixel_bytes);
    std::swap(row, above);
  }
  return {area, imports::deflated(std::as_bytes(std::span(filtered)), kApngLevel)};
}

void ApngWriter::State::store(const StoredFrame& frame, std::int64_t end) {
  const PixelArea& area = frame.area;
  std::string control;
  put_number(control, sequence++, 4);
  for (const int number : {area.width, area.height, area.left, area.top}) {
    put_number(control, static_cast<std::uint32_t>(number), 4);
  }
  put_number(control, static_cast<std::uint32_t>(std::min(end - frame.start, kLongestApngDelay)),
             2);
  put_number(control, static_cast<std::uint32_t>(frames.timing().frames_per_second), 2);
  put_number(control, 0, 1);  // the next frame is drawn over this one
  put_number(control, 0, 1);  // pixels replace what was there, transparent ones too
  put_chunk(body, "fcTL", control);
  if (stored++ == 0) {
    put_chunk(body, "IDAT", frame.bytes);
  } else {
    std::string data;
    put_number(data, sequence++, 4);
    put_chunk(body, "fdAT", data + frame.bytes);
  }
}

ApngWriter::ApngWriter(int width, int height, const AnimationTiming& timing, bool alpha)
    : state_(std::make_unique<State>(
          State{StoredFrames(kApngName, width, height, kLargestApngSide, timing), alpha})) {}

ApngWriter::~ApngWriter() = default;

void ApngWriter::add(const Pixels& frame) {
  state_->frames.add(
      frame,
      [this](const Pixels& pixels, const PixelArea& area) { return state_->encoded(pixels, area); },
      [this](const StoredFrame& done, std::int64_t end) { state_->store(done, end); });
}

std::string ApngWriter::finish() {
  State& state = *state_;
  state.frames.finish([&](const StoredFrame& done, std::int64_t end) { state.store(done, end); });
  std::string file = "\x89PNG\r\n\x1a\n";
  std::string header;
  put_number(header, static_cast<std::uint32_t>(state.frames.width()), 4);
  put_number(header, static_cast<std::uint32_t>(state.frames.height()), 4);
  put_number(header, 8, 1);                      // bits of a channel
  put_number(header, state.alpha ? 6U : 2U, 1);  // RGBA or RGB
  put_number(header, 0, 3);                      // deflate, PNG's filters, not interlaced
  put_chunk(file, "IHDR", header);
  std::string animation;
  put_number(animation, state.stored, 4);
  put_number(animation, state.frames.timing().loop ? 0U : 1U, 4);  // how often; 0: for ever
  put_chunk(file, "acTL", animation);
  file += state.body;
  put_chunk(file, "IEND", "");
  return file;
}

}  // namespace convscope::files
