#include "app/cli/animation.h"

#include <algorithm>

namespace convscope::cli {
namespace {

// ceil(ticks · rate / kTicksPerSecond), in two parts so that the product can't overflow.
std::int64_t frames_for(session::Frame ticks, std::int64_t rate) {
  const session::Frame rest = ticks % session::kTicksPerSecond * rate;
  return ticks / session::kTicksPerSecond * rate +
         (rest + session::kTicksPerSecond - 1) / session::kTicksPerSecond;
}

}  // namespace

std::int64_t Animation::count() const {
  return hold_first() + frames_for(last - first, frames_per_second) + hold_last() - 1;
}

session::Frame Animation::at(std::int64_t index) const {
  const std::int64_t moving = std::max<std::int64_t>(0, index - hold_first() + 1);
  return std::min(last, first + moving * session::kTicksPerSecond / frames_per_second);
}

Animation animation_of(const session::Timeline& timeline, const StepRange& steps,
                       int frames_per_second) {
  return {session::frame_of(timeline, steps.first - 1), session::frame_of(timeline, steps.last),
          frames_per_second};
}

}  // namespace convscope::cli
