#include "app/window/frame_loop.h"

#include <algorithm>
#include <utility>

namespace convscope {
namespace {

// While a map is being computed its progress is shown so often.
constexpr double kProgressInterval = 0.1;

}  // namespace

FrameLoop::FrameLoop(Store& store, const TextMetrics& metrics, double now, Clipboard clipboard)
    : store_(store), shell_(store, metrics, std::move(clipboard)), last_(now) {}

std::optional<double> FrameLoop::patience() const {
  if (is_moving(store_.session())) {
    return 0.0;
  }
  const std::optional<double> due = shell_.next_frame_in();
  return store_.progress() ? std::min(due.value_or(kProgressInterval), kProgressInterval) : due;
}

void FrameLoop::tick(double seconds) {
  if (!is_moving(store_.session())) {
    ticker_.reset();
    return;
  }
  if (const std::int64_t frames = ticker_.advance(seconds); frames > 0) {
    store_.dispatch(action::Tick{frames});
  }
}

void FrameLoop::turn(const FrameSize& size, double now) {
  const double elapsed = now - std::exchange(last_, now);
  tick(elapsed);
  shell_.frame(size.width, size.height, size.scale, elapsed);
}

void FrameLoop::rest(double now) {
  last_ = now;
  store_.poll();
}

}  // namespace convscope
