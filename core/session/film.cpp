#include "core/session/film.h"

#include <algorithm>

namespace convscope::session {
namespace {

// ceil(ticks · rate / kTicksPerSecond), in two parts so that the product can't overflow.
std::int64_t frames_for(Frame ticks, std::int64_t rate) {
  const Frame rest = ticks % kTicksPerSecond * rate;
  return ticks / kTicksPerSecond * rate + (rest + kTicksPerSecond - 1) / kTicksPerSecond;
}

}  // namespace

std::int64_t Film::hold_last() const {
  return std::max<std::int64_t>(1, (pause * frames_per_second + 500) / 1000);
}

std::int64_t Film::count() const {
  return hold_first() + frames_for(last - first, frames_per_second) + hold_last() - 1;
}

Frame Film::at(std::int64_t index) const {
  const std::int64_t moving = std::max<std::int64_t>(0, index - hold_first() + 1);
  return std::min(last, first + moving * kTicksPerSecond / frames_per_second);
}

Film film_of(const Timeline& timeline, std::int64_t first, std::int64_t last,
             int frames_per_second) {
  return {frame_of(timeline, first - 1), frame_of(timeline, last), frames_per_second};
}

}  // namespace convscope::session
