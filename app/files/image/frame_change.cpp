#include "app/files/image/frame_change.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstring>

namespace convscope::files {
namespace {

constexpr std::size_t kBytes = 4;  // of a pixel

// The columns first..last in which two rows differ, widened to hold those.
void widen(const std::uint8_t* a, const std::uint8_t* b, int width, int& first, int& last) {
  const auto same = [&](int x) {
    const auto at = static_cast<std::size_t>(x) * kBytes;
    return std::memcmp(a + at, b + at, kBytes) == 0;
  };
  for (int x = 0; x < first; ++x) {
    if (!same(x)) {
      first = x;
    }
  }
  for (int x = width - 1; x > last; --x) {
    if (!same(x)) {
      last = x;
    }
  }
}

}  // namespace

std::optional<PixelArea> LastFrame::change_to(const Pixels& frame) {
  if (last_.rgba.empty()) {
    last_ = frame;
    return PixelArea{0, 0, frame.width, frame.height};
  }
  assert(frame.width == last_.width && frame.height == last_.height);
  const std::size_t row_bytes = static_cast<std::size_t>(frame.width) * kBytes;
  int left = frame.width;
  int right = -1;
  int top = -1;
  int bottom = -1;
  for (int y = 0; y < frame.height; ++y) {
    const std::size_t row = static_cast<std::size_t>(y) * row_bytes;
    if (std::memcmp(&frame.rgba[row], &last_.rgba[row], row_bytes) != 0) {
      widen(&frame.rgba[row], &last_.rgba[row], frame.width, left, right);
      top = top < 0 ? y : top;
      bottom = y;
    }
  }
  if (top < 0) {
    return std::nullopt;
  }
  const PixelArea area{left, top, right - left + 1, bottom - top + 1};
  for (int y = top; y <= bottom; ++y) {
    const std::size_t at =
        static_cast<std::size_t>(y) * row_bytes + static_cast<std::size_t>(left) * kBytes;
    std::copy_n(frame.rgba.begin() + static_cast<std::ptrdiff_t>(at),
                static_cast<std::size_t>(area.width) * kBytes,
                last_.rgba.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return area;
}

}  // namespace convscope::files
