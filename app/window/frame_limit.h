// FrameLimit: keeps an animation at the monitor's rate where showing a frame doesn't wait for the
// monitor (no vertical sync, as in a virtual display), so that no frame is drawn that nobody sees.
#pragma once

#include <algorithm>

namespace convscope::window {

class FrameLimit {
 public:
  // A frame was begun, drawn and shown, at these seconds of a steady clock.
  void note(double begun, double shown) {
    begun_ = begun;
    took_ = shown - begun;
  }

  // Seconds to wait before the next frame at `rate` frames per second; 0 where the last one took
  // about as long as the monitor's, because then showing it waits already.
  double rest(double now, double rate) const {
    constexpr double kWaits = 0.8;
    const double interval = 1 / rate;
    return took_ >= kWaits * interval ? 0.0 : std::clamp(begun_ + interval - now, 0.0, interval);
  }

 private:
  double begun_ = 0;
  double took_ = 0;
};

}  // namespace convscope::window
