#include "app/window/frame_loop.h"

#include <utility>

#include "app/window/sooner.h"

namespace convscope::window {
namespace {

// How often progress is shown while a map is being computed.
constexpr double kProgressInterval = 0.1;

}  // namespace

FrameLoop::FrameLoop(Store& store, const picture::TextMetrics& metrics, double now,
                     panels::widgets::Clipboard clipboard)
    : store_(store), shell_(store, metrics, std::move(clipboard)), last_(now) {}

std::optional<double> FrameLoop::patience() const {
  if (session::is_moving(store_.session())) {
    return 0.0;
  }
  return sooner(shell_.next_frame_in(),
                store_.progress() ? std::optional(kProgressInterval) : std::nullopt);
}

void FrameLoop::tick(double seconds) {
  if (!session::is_moving(store_.session())) {
    ticker_.reset();
    return;
  }
  if (const std::int64_t frames = ticker_.advance(seconds); frames > 0) {
    store_.dispatch(session::action::Tick{frames});
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
  shell_.rest();
}

}  // namespace convscope::window
