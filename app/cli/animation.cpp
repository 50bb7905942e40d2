#include "app/cli/animation.h"

#include <algorithm>

namespace convscope {
namespace {

// ceil(ticks · rate / kTicksPerSecond), in two parts so that the product can't overflow.
std::int64_t frames_for(Frame ticks, std::int64_t rate) {
  const Frame rest = ticks % kTicksPerSecond * rate;
  return ticks / kTicksPerSecond * rate + (rest + kTicksPerSecond - 1) / kTicksPerSecond;
}

}  // namespace

std::int64_t Animation::count() const {
  return hold_first() + frames_for(last - first, frames_per_second) + hold_last() - 1;
}

Frame Animation::at(std::int64_t index) const {
  const std::int64_t moving = std::max<std::int64_t>(0, index - hold_first() + 1);
  return std::min(last, first + moving * kTicksPerSecond / frames_per_second);
}

Animation animation_of(const Timeline& timeline, const StepRange& steps, int frames_per_second) {
  return {frame_of(timeline, steps.first - 1), frame_of(timeline, steps.last), frames_per_second};
}

}  // namespace convscope
