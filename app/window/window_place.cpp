#include "app/window/window_place.h"

#include <algorithm>
#include <cstdint>

namespace convscope::window {
namespace {

// How much of one line lies within another.
int overlap(int start, int length, int from, int size) {
  return std::min(start + length, from + size) - std::max(start, from);
}

std::int64_t shared_area(const files::WindowPlace& place, const ScreenArea& screen) {
  const int w = overlap(place.x, place.width, screen.x, screen.width);
  const int h = overlap(place.y, place.height, screen.y, screen.height);
  return w > 0 && h > 0 ? std::int64_t{w} * h : 0;
}

void shrink_to(files::WindowPlace& place, const ScreenArea& screen) {
  place.width = std::min(place.width, screen.width);
  place.height = std::min(place.height, screen.height);
}

}  // namespace

files::WindowPlace pulled_back(files::WindowPlace place, std::span<const ScreenArea> screens) {
  if (screens.empty()) {
    return place;
  }
  const auto shared = [&](const ScreenArea& screen) { return shared_area(place, screen); };
  const ScreenArea& screen = *std::ranges::max_element(screens, {}, shared);  // else the first
  shrink_to(place, screen);
  place.x = std::clamp(place.x, screen.x, screen.x + screen.width - place.width);
  place.y = std::clamp(place.y, screen.y, screen.y + screen.height - place.height);
  return place;
}

files::WindowPlace first_place(int width, int height, std::span<const ScreenArea> screens) {
  files::WindowPlace place = {.width = width, .height = height};
  if (!screens.empty()) {
    shrink_to(place, screens.front());
  }
  return place;
}

}  // namespace convscope::window
